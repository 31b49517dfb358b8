// Package kernel holds the few words that every floor speaks: a day, an instant, whole money,
// an id, a pair of words in two languages, and an error that a person may read.
// It imports nothing of the project and never reads a clock.
package kernel
