package dutydb

// FitSQL is the query of Fit, for EXPLAIN.
var FitSQL = fit
