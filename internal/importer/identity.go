package importer

import (
	"crypto/sha256"
	"encoding/hex"
	"hash/maphash"
	"strconv"
	"strings"
)

// Namer gives rows the ids by which the next import recognises them.
type Namer struct {
	how    string
	column int
	seen   map[uint64]uint32
	seed   maphash.Seed
}

// NewNamer follows the survey's Identity.
func NewNamer(s *Survey) *Namer {
	n := &Namer{how: s.Identity.How, column: -1, seen: map[uint64]uint32{}, seed: maphash.MakeSeed()}
	for i, c := range s.Columns {
		if c.Key == s.Identity.Column {
			n.column = i
		}
	}
	return n
}

// Name gives the source id of a row: the value of the id column, or a hash of
// the title (or of all cells) where there is none. Rows that would share a name
// are numbered in file order, so that every row has its own.
func (n *Namer) Name(cells [][]string) string {
	id := ""
	if n.column >= 0 && n.column < len(cells) {
		id = strings.TrimSpace(strings.Join(cells[n.column], " "))
	}
	switch {
	case n.how == "column" && id != "" && len(id) <= 200:
	case n.how == "title" && id != "":
		id = "title:" + Digest(id)
	default:
		id = "row:" + Digest(joinCells(cells))
	}
	key := maphash.String(n.seed, id)
	n.seen[key]++
	if times := n.seen[key]; times > 1 {
		id += "#" + strconv.FormatUint(uint64(times), 10)
	}
	return id
}

// Digest names a text by 16 hexadecimal digits of its SHA-256.
func Digest(s string) string {
	sum := sha256.Sum256([]byte(s))
	return hex.EncodeToString(sum[:8])
}

func joinCells(cells [][]string) string {
	var b strings.Builder
	for _, c := range cells {
		for _, v := range c {
			b.WriteString(v)
			b.WriteByte(0x1f)
		}
		b.WriteByte(0x1e)
	}
	return b.String()
}
