package upkeep

import (
	"os"
	"path/filepath"

	"xiaojia/internal/platform/db"
)

// DatabaseSize is how large the SQLite database is with its log, in bytes; 0 for a PostgreSQL.
func (k *Keeper) DatabaseSize() int64 {
	if k.DB.Engine != db.SQLite {
		return 0
	}
	var n int64
	for _, end := range []string{"", "-wal"} {
		if info, err := os.Stat(filepath.Join(k.Data, databaseName+end)); err == nil {
			n += info.Size()
		}
	}
	return n
}

// Free is how many bytes are free on the disk of the data folder; false where the system does not tell.
func (k *Keeper) Free() (int64, bool) { return free(k.Data) }
