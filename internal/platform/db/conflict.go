package db

import (
	"errors"

	"github.com/jackc/pgx/v5/pgconn"
	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"xiaojia/internal/kernel"
)

// IsDuplicate tells whether a UNIQUE or PRIMARY KEY constraint refused a row, by code and never by text.
func IsDuplicate(err error) bool {
	return sqliteCode(err, sqlite3.SQLITE_CONSTRAINT_UNIQUE, sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY) || pgCode(err, "23505")
}

// IsMissingParent tells whether a FOREIGN KEY refused a row.
func IsMissingParent(err error) bool {
	return sqliteCode(err, sqlite3.SQLITE_CONSTRAINT_FOREIGNKEY) || pgCode(err, "23503")
}

func lostRace(err error) bool { return pgCode(err, "40001", "40P01") }

func sqliteCode(err error, codes ...int) bool {
	var e *sqlite.Error
	if !errors.As(err, &e) {
		return false
	}
	for _, c := range codes {
		if e.Code() == c {
			return true
		}
	}
	return false
}

func pgCode(err error, codes ...string) bool {
	var e *pgconn.PgError
	if !errors.As(err, &e) {
		return false
	}
	for _, c := range codes {
		if e.Code == c {
			return true
		}
	}
	return false
}

// IsFull tells whether a full disk refused something, that of the database or another.
func IsFull(err error) bool {
	return sqliteCode(err, sqlite3.SQLITE_FULL) || pgCode(err, "53100") || kernel.IsFull(err)
}

// unavailable turns "busy" and "disk full" into errors that a person may read; nothing was written.
func unavailable(err error) error {
	switch {
	case err == nil:
		return nil
	case IsFull(err):
		return kernel.Full(err)
	case sqliteCode(err, sqlite3.SQLITE_BUSY, sqlite3.SQLITE_BUSY_SNAPSHOT) || lostRace(err):
		return errors.Join(kernel.Err(kernel.Busy, "现在忙不过来，刚才的没有存上。请过一会儿再试。"), err)
	}
	return err
}
