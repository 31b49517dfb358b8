package upkeep

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"time"

	"xiaojia/internal/kernel"
)

// Folder is where the backups of a server lie: the one it was told, else a folder inside of its data, on the same disk.
func (k *Keeper) Folder() string {
	if k.Dir != "" {
		return k.Dir
	}
	return filepath.Join(k.Data, "backups")
}

// fileName is how a server names its backups; nothing else is ever deleted or offered.
var fileName = regexp.MustCompile(`^xiaojia-\d{8}-\d{6}\.tar$`)

// Nightly makes a backup in the folder, keeps it as the last good one, and then deletes those beyond the number to keep, the
// oldest first. It is a job: what fails is kept for the page and answered.
func (k *Keeper) Nightly(ctx context.Context) error {
	made, err := k.nightly(ctx)
	if err != nil {
		return errors.Join(err, k.Failed(ctx, err), k.sweep())
	}
	return errors.Join(k.Remember(ctx, made), k.thin(filepath.Base(made.File)), k.sweep())
}

// leftFor is after how long what a broken backup has left is nobody's any more.
const leftFor = 24 * time.Hour

// sweep removes what backups that were cut off have left in the folder, and unproved copies but the newest.
func (k *Keeper) sweep() error {
	bad, err := filepath.Glob(filepath.Join(k.Folder(), "xiaojia-*.tar"+Unproved))
	for i := 0; i < len(bad)-1; i++ { // names sort by time
		err = errors.Join(err, os.Remove(bad[i]))
	}
	for _, pattern := range []string{"xiaojia-*.tar.part", scratchName + "*"} {
		left, e := filepath.Glob(filepath.Join(k.Folder(), pattern))
		err = errors.Join(err, e)
		for _, f := range left {
			if info, e := os.Stat(f); e == nil && time.Since(info.ModTime()) > leftFor {
				err = errors.Join(err, os.RemoveAll(f))
			}
		}
	}
	return err
}

func (k *Keeper) nightly(ctx context.Context) (Made, error) {
	if err := os.MkdirAll(k.Folder(), 0o700); err != nil {
		return Made{}, fmt.Errorf("folder of backups: %w", err)
	}
	return k.Backup(ctx, filepath.Join(k.Folder(), k.DB.Clock.Now().In().Format(nameLayout)), nil)
}

// nameLayout is the name of a nightly backup: when it was made, in Shanghai.
const nameLayout = "xiaojia-20060102-150405.tar"

// MadeAt is when a backup was made by its name, 0 where the name is none of ours.
func MadeAt(name string) kernel.Time {
	at, err := time.ParseInLocation(nameLayout, name, kernel.Shanghai)
	if err != nil {
		return 0
	}
	return kernel.TimeOf(at)
}

// Kept lists the backups of the folder, the newest first.
func (k *Keeper) Kept() ([]os.FileInfo, error) {
	list, err := os.ReadDir(k.Folder())
	if errors.Is(err, os.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("folder of backups: %w", err)
	}
	var out []os.FileInfo
	for _, e := range slices.Backward(list) { // names sort by time
		if info, err := e.Info(); err == nil && info.Mode().IsRegular() && fileName.MatchString(e.Name()) {
			out = append(out, info)
		}
	}
	return out, nil
}

// thin deletes what is beyond the number to keep, never the one just made.
func (k *Keeper) thin(made string) error {
	kept, err := k.Kept()
	if err != nil || k.Keep < 1 {
		return err
	}
	for i, f := range kept {
		if i >= k.Keep && f.Name() != made {
			err = errors.Join(err, os.Remove(filepath.Join(k.Folder(), f.Name())))
		}
	}
	return err
}

// Open opens one of the server's backups for reading; NotFound for any other name.
func (k *Keeper) Open(name string) (*os.File, error) {
	gone := kernel.Err(kernel.NotFound, "没有这一份备份。")
	if !fileName.MatchString(name) {
		return nil, gone
	}
	f, err := os.Open(filepath.Join(k.Folder(), name))
	if errors.Is(err, os.ErrNotExist) {
		return nil, gone
	}
	return f, err
}

// Next is when the nightly backup is due after an instant: the time of day in Shanghai; never without one.
func (k *Keeper) Next(now kernel.Time) kernel.Time {
	at, err := time.Parse("15:04", k.At)
	if k.Dir == "" || err != nil {
		return never
	}
	due := now.Date().At(at.Hour(), at.Minute())
	if due <= now {
		due = now.Date().Add(1).At(at.Hour(), at.Minute())
	}
	return due
}

// never is later than any clock.
const never kernel.Time = 1 << 61

// tooOld is after how long a backup does not count any more.
const tooOld = 24*time.Hour + 30*time.Minute // half an hour for tonight's to end

// Stale tells whether the last good backup is older than a day, or there is none.
func (s State) Stale(now kernel.Time) bool {
	return s.Backup == nil || s.Backup.At.Add(tooOld) < now
}
