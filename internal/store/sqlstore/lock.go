package sqlstore

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"cairn"
)

// LockName is the name of the file whose lock a server holds.
const LockName = "server.lock"

// LockServer makes this process the one server on a data directory until the
// returned value is closed or the process ends. A second server is refused with
// a conflict error that names the directory and the first one's process.
func LockServer(dir string) (io.Closer, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, dirError(dir, err)
	}
	f, err := os.OpenFile(filepath.Join(dir, LockName), os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, dirError(dir, err)
	}
	held, err := lockFile(f)
	if err == nil && !held {
		err = writePID(f)
	}
	if err == nil && !held {
		return f, nil
	}
	defer f.Close()
	if err != nil {
		return nil, dirError(dir, err)
	}
	who := "another process"
	if text, _ := io.ReadAll(io.LimitReader(f, 32)); len(strings.TrimSpace(string(text))) > 0 {
		who = "process " + strings.TrimSpace(string(text))
	}
	return nil, cairn.Conflict("The data directory %s is already served by %s; stop that one, or choose another directory", dir, who)
}

// ServerPID returns the process that serves a data directory; ok is false when
// none does.
func ServerPID(dir string) (pid int, ok bool) {
	f, err := os.Open(filepath.Join(dir, LockName))
	if err != nil {
		return 0, false
	}
	defer f.Close()
	if held, err := lockFile(f); err != nil || !held {
		return 0, false
	}
	text, _ := io.ReadAll(io.LimitReader(f, 32))
	pid, err = strconv.Atoi(strings.TrimSpace(string(text)))
	return pid, err == nil
}

func writePID(f *os.File) error {
	if err := f.Truncate(0); err != nil {
		return err
	}
	_, err := f.WriteAt(fmt.Appendf(nil, "%d\n", os.Getpid()), 0)
	return err
}
