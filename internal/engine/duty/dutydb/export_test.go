package dutydb

// FindSQL is the query of Find, for EXPLAIN.
var FindSQL = find
