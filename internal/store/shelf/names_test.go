package shelf

import (
	"crypto/sha256"
	"strings"
	"testing"
)

func TestNames(t *testing.T) {
	sum := sha256.Sum256([]byte("x"))
	made := newName("a1", sum[:])
	for name, want := range map[string]bool{
		made:                                           true,
		newName(strings.Repeat("z", 64), sum[:]):       true,
		newName(strings.Repeat("z", 65), sum[:]):       false,
		newName("", sum[:]):                            false,
		newName("A", sum[:]):                           false,
		newName("..", sum[:]):                          false,
		newName("a/b", sum[:]):                         false,
		"x/" + made:                                    false,
		made + "0":                                     false,
		made[:len(made)-1]:                             false,
		made[:len(made)-1] + "G":                       false,
		made[:len(made)-1] + "/":                       false,
		strings.Replace(made, "-", "0", 1):             false,
		strings.ToUpper(made):                          false,
		made[:len("a1/")] + ".." + made[len("a1/00"):]: false,
		"": false,
	} {
		if isContent(name) != want {
			t.Errorf("isContent(%q) is %v", name, !want)
		}
	}
	for name, want := range map[string]bool{"0": true, "az09": true, "": false, "a b": false, "../a": false, "é": false, strings.Repeat("a", 65): false} {
		if isFolder(name) != want {
			t.Errorf("isFolder(%q) is %v", name, !want)
		}
	}
}
