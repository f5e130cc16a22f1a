//go:build !linux

package shelf

import "testing"

func smallDisk(t *testing.T, _ string) string {
	t.Skip("a small file system is made on Linux only")
	return ""
}
