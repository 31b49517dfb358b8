package kernel

import (
	"errors"
	"runtime"
	"syscall"
)

// Full is what people read where a disk is full; why stays in the log.
func Full(why error) error {
	return errors.Join(Err(Busy, "磁盘满了，刚才的没有存上。请告诉系统管理员腾出空间，再试一次。"), why)
}

// Room puts an error in words that says that a disk or a quota is full, and leaves every other as it is.
func Room(err error) error {
	if KindOf(err) == Internal && IsFull(err) {
		return Full(err)
	}
	return err
}

// On Windows Go's ENOSPC is a number of its own that no call answers.
const (
	handleDiskFull syscall.Errno = 39
	diskFull       syscall.Errno = 112
)

// IsFull tells whether the system refused something because a disk or a quota is full.
func IsFull(err error) bool {
	if runtime.GOOS == "windows" {
		return errors.Is(err, handleDiskFull) || errors.Is(err, diskFull)
	}
	return errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT)
}
