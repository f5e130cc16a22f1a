package api

import (
	"strconv"
	"strings"

	"cairn"
)

// IfMatch is the header form of optimistic concurrency: the version last seen.
type IfMatch struct {
	IfMatch string `header:"If-Match" doc:"The version you last saw, as a quoted string"`
}

// version is what the caller last saw: the header's, else the body's, else 0.
func (m IfMatch) version(body int64) (int64, error) {
	if m.IfMatch == "" || m.IfMatch == "*" {
		return body, nil
	}
	n, err := strconv.ParseInt(strings.Trim(strings.TrimPrefix(m.IfMatch, "W/"), `"`), 10, 64)
	if err != nil || n < 1 {
		return 0, cairn.Invalid("If-Match", "%q is not a version: it is the version of the thing as you last saw it, such as \"42\"", m.IfMatch)
	}
	return n, nil
}

// refs reads a comma-separated list of field references.
func refs(s string) []cairn.Ref {
	var out []cairn.Ref
	for part := range strings.SplitSeq(s, ",") {
		if part = strings.TrimSpace(part); part != "" {
			out = append(out, cairn.Ref(part))
		}
	}
	return out
}

// ids reads a comma-separated list of ids.
func ids(param, s string) ([]cairn.ID, error) {
	var out []cairn.ID
	for part := range strings.SplitSeq(s, ",") {
		if part = strings.TrimSpace(part); part == "" {
			continue
		}
		id, err := cairn.ParseID(part)
		if err != nil {
			return nil, cairn.Invalid(param, "%q is not an id; ids are numbers, separated by commas", part)
		}
		out = append(out, id)
	}
	return out, nil
}
