package upkeep

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/backup"
	"xiaojia/internal/platform/db"
	"xiaojia/internal/platform/files"
)

// Made is a backup that was proved.
type Made struct {
	File     string        `json:"file"`
	At       kernel.Time   `json:"at"`
	Took     time.Duration `json:"took"`
	Size     int64         `json:"size"`
	Pictures int           `json:"pictures"`
	Proof    Report        `json:"proof"`
}

// Unproved is added to the name of a backup in whose copy something was found: better than none, and never taken for good.
const Unproved = ".unproved"

// scratchName begins the name of the folder in which a backup works.
const scratchName = ".xiaojia-backup-"

// NotProved says that the copy is not as it must be.
type NotProved struct {
	File   string
	Report Report
}

func (e *NotProved) Error() string {
	return fmt.Sprintf("the restored copy has %d findings, first: %s; it is kept as %s and does not count as a backup: run xiaojia verify", e.Report.N, e.Report.Findings[0], e.File)
}

// Backup writes the folder as it stands now into a new file, while others write to it, and gives the file its name only after
// its restored copy was checked from end to end. Where it fails no file of that name is there. say hears of each step.
func (k *Keeper) Backup(ctx context.Context, file string, say func(Step)) (Made, error) {
	if !k.one.TryLock() {
		return Made{}, errors.New("a backup is under way")
	}
	defer k.one.Unlock()
	defer k.idle()
	now := k.DB.Clock.Now()
	j := &job{k: k, ctx: ctx, say: say, start: time.Now()}
	if _, err := os.Lstat(file); !errors.Is(err, fs.ErrNotExist) {
		return Made{}, errors.Join(fmt.Errorf("%s is there already: give another name", file), err)
	}
	var err error
	if j.scratch, err = os.MkdirTemp(filepath.Dir(file), scratchName+"*"); err != nil {
		return Made{}, fmt.Errorf("backup: %w", err)
	}
	defer os.RemoveAll(j.scratch) // what cannot be removed now is swept by a later backup
	part := file + ".part"
	made, err := j.write(part)
	if err == nil {
		made.Proof, err = j.prove(part)
	}
	if err != nil {
		return Made{}, errors.Join(inWords(err), removed(part))
	}
	made.File, made.At, made.Took = file, now, time.Since(j.start)
	if made.Proof.N > 0 {
		bad := file + Unproved
		return Made{}, errors.Join(&NotProved{bad, made.Proof}, os.Rename(part, bad))
	}
	if err := os.Rename(part, file); err != nil {
		return Made{}, errors.Join(fmt.Errorf("backup: %w", err), os.Remove(part))
	}
	return made, files.SyncFolder(filepath.Dir(file))
}

// inWords says of a full disk that it is one, whatever it is that had no room.
func inWords(err error) error {
	if db.IsFull(err) {
		return fmt.Errorf("the disk is full, no backup was made: make room and run it again: %w", err)
	}
	return err
}

// removed removes what is there.
func removed(file string) error {
	if err := os.Remove(file); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

// job is one backup under way.
type job struct {
	k       *Keeper
	ctx     context.Context
	say     func(Step)
	start   time.Time
	scratch string
	w       *backup.Writer
	made    Made
}

func (j *job) step(name string, done, of int) {
	j.k.at(name, done, of)
	if j.say != nil {
		j.say(Step{Name: name, Done: done, Of: of})
	}
}

// write fills the file and has it on disk.
func (j *job) write(part string) (made Made, err error) {
	if err := os.Remove(part); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return made, fmt.Errorf("backup: %w", err)
	}
	f, err := os.OpenFile(part, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return made, fmt.Errorf("backup: %w", err)
	}
	err = j.fill(j.wrapped(f))
	if err == nil {
		err = f.Sync()
	}
	if cerr := f.Close(); err == nil {
		err = cerr
	}
	if err != nil {
		return made, err
	}
	info, err := os.Stat(part)
	if err != nil {
		return made, fmt.Errorf("backup: %w", err)
	}
	j.made.Size = info.Size()
	return j.made, nil
}

func (j *job) wrapped(f io.Writer) io.Writer {
	if j.k.Wrap == nil {
		return f
	}
	return j.k.Wrap(f)
}

// fill writes database, keys and pictures in this order: a picture is on disk before a row names it, so whatever the database
// names is there when its turn comes.
func (j *job) fill(out io.Writer) error {
	j.w = backup.NewWriter(out)
	schema, err := j.k.DB.Schema(j.ctx)
	if err != nil {
		return err
	}
	j.step("抄数据库", 0, 0)
	list := filepath.Join(j.scratch, "pictures")
	if j.k.DB.Engine == db.SQLite {
		err = j.sqlite(list)
	} else {
		err = j.postgres(list)
	}
	if err != nil {
		return err
	}
	for _, name := range []string{"keys.json", "demo.json"} {
		err := j.add(name, filepath.Join(j.k.Data, name))
		if err != nil && (!errors.Is(err, fs.ErrNotExist) || name == "keys.json") {
			return err
		}
	}
	if err := j.pictures(list); err != nil {
		return err
	}
	_, err = j.w.Close(backup.Head{Engine: string(j.k.DB.Engine), Schema: schema, Program: j.k.Program, Created: j.start})
	return err
}

// add writes one file of the disk; one that is not there is fs.ErrNotExist and leaves nothing.
func (j *job) add(name, path string) error {
	f, err := os.Open(path)
	if err != nil {
		return fmt.Errorf("backup: %w", err)
	}
	defer f.Close() // only read
	info, err := f.Stat()
	if err != nil {
		return fmt.Errorf("backup: %w", err)
	}
	return j.w.Add(name, info.Size(), cancelled{j.ctx, f})
}

// cancelled stops a long copy when nobody wants it any more.
type cancelled struct {
	ctx context.Context
	r   io.Reader
}

func (c cancelled) Read(p []byte) (int, error) {
	if err := c.ctx.Err(); err != nil {
		return 0, err
	}
	return c.r.Read(p)
}
