// Package safety is the first of the four measures: patrols by two representatives, hazards from report to closing,
// letters of advice. It is the reference module: nouns, files and layers of every later module are cut like these.
// It never decides who holds an office, and it never lets the one who rectified say that it is good.
package safety
