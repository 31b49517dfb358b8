// Package vault keeps what must never stand plain in a table, a backup or a log: ID numbers, wages, bank cards.
// A Ring holds versioned keys in a file of its own beside the database; the newest key seals, every key opens.
// A Context binds a sealed text to its row, a blind index finds it by equality, a mask shows a part of it.
// It never logs or prints a key or a plain text, never reads a database, and never replaces a lost ring by itself
// where Load is used: a new ring could open nothing of what is there.
package vault
