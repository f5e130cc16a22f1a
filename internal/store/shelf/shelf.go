// Package shelf keeps the contents of stored files outside the database: in a
// directory, or in a bucket of an S3 server. Why it is so: docs/adr/0008.
//
// Start at Dir and S3, which implement store.Shelf. A content's name is
// FOLDER/ab/HASH-ID: the SHA-256 of what it holds, by which damage is found, and
// a random number, so that no two files share a content and removing one can
// never take away another's.
package shelf

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"io/fs"
	"strings"
	"syscall"

	"cairn"
)

const (
	hexDigits   = "0123456789abcdef"
	folderSigns = "0123456789abcdefghijklmnopqrstuvwxyz"
	// A content is named by its folder, two digits, and what newName gives it.
	nameLength = len("/00/") + 64 + len("-") + 16
)

// isFolder tells the names of folders: 1 to 64 signs.
func isFolder(name string) bool {
	return name != "" && len(name) <= 64 && madeOf(name, folderSigns)
}

// isContent tells the names that newName makes.
func isContent(name string) bool {
	at := len(name) - nameLength
	if at < 0 || !isFolder(name[:at]) {
		return false
	}
	rest := name[at:]
	return rest[0] == '/' && madeOf(rest[1:3], hexDigits) && rest[3] == '/' &&
		madeOf(rest[4:68], hexDigits) && rest[68] == '-' && madeOf(rest[69:], hexDigits)
}

// madeOf reports whether a name has no signs but some.
func madeOf(name, signs string) bool {
	for i := range len(name) {
		if strings.IndexByte(signs, name[i]) < 0 {
			return false
		}
	}
	return true
}

// newName names a content of a folder.
func newName(folder string, sum []byte) string {
	var id [8]byte
	rand.Read(id[:]) // never fails
	h := hex.EncodeToString(sum)
	return folder + "/" + h[:2] + "/" + h + "-" + hex.EncodeToString(id[:])
}

// errFull says that there is no room; where is the shelf.
func errFull(where string, cause error) error {
	return &cairn.Error{Code: cairn.CodeNoSpace, Cause: cause, Message: fmt.Sprintf(
		"The storage of files (%s) is full, so the file was not kept. Everything else goes on. Whoever runs this server can free some space; then try again", where)}
}

// errAway says that the storage does not do what it is asked for.
func errAway(where, why string, cause error) error {
	return &cairn.Error{Code: cairn.CodeUnavailable, Cause: cause, Message: fmt.Sprintf("The storage of files (%s) %s", where, why)}
}

// spooled is what spool wrote.
type spooled struct {
	size int64
	sum  hash.Hash
}

// spool writes all of r to w. Errors of r come back as they are, those of w as
// failed tells them.
func spool(ctx context.Context, w io.Writer, r io.Reader, failed func(error) error) (spooled, error) {
	out := spooled{sum: sha256.New()}
	buf := make([]byte, 64<<10)
	for {
		n, err := r.Read(buf)
		if n > 0 {
			if _, err := w.Write(buf[:n]); err != nil {
				return out, failed(err)
			}
			out.sum.Write(buf[:n])
			out.size += int64(n)
		}
		if errors.Is(err, io.EOF) {
			return out, nil
		}
		if err == nil {
			err = ctx.Err()
		}
		if err != nil {
			return out, err
		}
	}
}

// diskFailed says what is the matter with a directory of this machine: it is full,
// or the system's reason without the path.
func diskFailed(where string, err error) error {
	if errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT) {
		return errFull(where, err)
	}
	reason := err
	var p *fs.PathError
	if errors.As(err, &p) {
		reason = p.Err
	}
	return errAway(where, fmt.Sprintf("failed: %v", reason), err)
}
