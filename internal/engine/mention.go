package engine

import (
	"maps"
	"slices"

	"cairn"
)

// Mention is what a cell that points at an idea shows of it. The zero Mention is
// an idea that the asker may not read.
type Mention struct {
	Key   string
	Title string
	Type  cairn.ID
	// Archived ideas are shown crossed out, gone ones not at all.
	Archived, Gone bool
}

// Mentioned returns the ideas that the window's cells point at, each once, in
// the order of their ids.
func (r *Result) Mentioned() []cairn.ID {
	seen := map[cairn.ID]bool{}
	for i := range r.columns {
		if !r.columns[i].ideas {
			continue
		}
		for row := range r.ids {
			for _, id := range r.columns[i].data.value(int32(row)).IDs {
				seen[id] = true
			}
		}
	}
	return slices.Sorted(maps.Keys(seen))
}

func appendMentions(dst []byte, ideas map[cairn.ID]Mention) []byte {
	dst = append(dst, '{')
	for i, id := range slices.Sorted(maps.Keys(ideas)) {
		if i > 0 {
			dst = append(dst, ',')
		}
		dst = append(appendString(dst, id.String()), ':')
		dst = ideas[id].AppendJSON(dst)
	}
	return append(dst, '}')
}

// AppendJSON appends {"key","title","type","archived"}, {"hidden":true} or
// {"gone":true}.
func (m Mention) AppendJSON(dst []byte) []byte {
	switch {
	case m.Gone:
		return append(dst, `{"gone":true}`...)
	case m.Key == "":
		return append(dst, `{"hidden":true}`...)
	}
	dst = appendString(append(dst, `{"key":`...), m.Key)
	dst = appendString(append(dst, `,"title":`...), m.Title)
	if m.Type != 0 {
		dst = appendInt(append(dst, `,"type":`...), int64(m.Type))
	}
	if m.Archived {
		dst = append(dst, `,"archived":true`...)
	}
	return append(dst, '}')
}
