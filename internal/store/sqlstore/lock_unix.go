//go:build unix

package sqlstore

import (
	"os"
	"syscall"
)

// lockFile takes a lock that ends with the process, however it ends; held is
// true when another process has it.
func lockFile(f *os.File) (held bool, err error) {
	err = syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
	if err == syscall.EWOULDBLOCK {
		return true, nil
	}
	return false, err
}
