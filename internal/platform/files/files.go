// Package files keeps what people attach: a Store on disk named by content, one branch of the tree per org,
// and an Intake that turns a phone's photo into two clean pictures (decisions.md 18).
// It never records anything in a database, never keeps an original photo or its EXIF data,
// and never lets a file be found through another org.
package files
