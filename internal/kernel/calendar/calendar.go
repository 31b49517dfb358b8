// Package calendar answers what a day is: its lunar date, its solar term, the festivals of a year, and whether it is worked.
//
// Main nouns: Lunar, a day of the lunar calendar; Festival, a named day that duties hang on; Arrangement, the days off and the
// worked weekends of one year as published; Workdays, arithmetic over arrangements; Block, days off in a row around a festival.
//
// It never reads a clock or a store, and never computes an astronomical date: the tables are made by tools/lunargen.
package calendar
