// Package archive is the file format of backups and whole-workspace exports:
// the content of a store, independent of its database, in one order, so that
// equal content is equal bytes.
//
// Start at Writer and Reader. The format, in docs/spec/log.md, is a zstd stream
// of lines, each a JSON object with one member that says what it is: the header,
// entities by id, change sets by sequence number, idea numbers by project,
// private records by scope and key, files by key, and an end with a checksum.
package archive

import (
	"encoding/json"
	"fmt"

	"cairn"
)

// Format is the version of the format that this package writes and reads.
const Format = 1

// Header is the first record.
type Header struct {
	// Format is the version of the format.
	Format int `json:"format"`
	// Workspace is the identity of the installation.
	Workspace string `json:"workspace"`
	// Seq is the last change set, NextID the next free id.
	Seq    int64    `json:"seq"`
	NextID cairn.ID `json:"nextId"`
}

// Entity is one entity. Created is the change set that created it.
type Entity struct {
	ID      cairn.ID        `json:"id"`
	Kind    cairn.Kind      `json:"kind"`
	Project cairn.ID        `json:"project,omitempty"`
	Parent  cairn.ID        `json:"parent,omitempty"`
	Version int64           `json:"version"`
	Created int64           `json:"created"`
	Attrs   json.RawMessage `json:"attrs"`
	Text    string          `json:"text,omitempty"`
}

// Set is one change set; At is in microseconds since 1970.
type Set struct {
	Seq     int64           `json:"seq"`
	At      int64           `json:"at"`
	Actor   cairn.ID        `json:"actor,omitempty"`
	Project cairn.ID        `json:"project,omitempty"`
	Group   string          `json:"group,omitempty"`
	Reason  string          `json:"reason,omitempty"`
	Origin  string          `json:"origin,omitempty"`
	Changes json.RawMessage `json:"changes"`
}

// Number is the next free number of a project's ideas.
type Number struct {
	Project cairn.ID `json:"project"`
	Next    int64    `json:"next"`
}

// Private is a record beside the log; times are in microseconds since 1970, and
// Expires 0 is never.
type Private struct {
	Scope   string          `json:"scope"`
	Key     string          `json:"key"`
	Owner   cairn.ID        `json:"owner,omitempty"`
	Value   json.RawMessage `json:"value"`
	Created int64           `json:"created"`
	Expires int64           `json:"expires,omitempty"`
}

// Blob begins a stored file; its content follows in parts.
type Blob struct {
	Key  string `json:"key"`
	Size int64  `json:"size"`
}

// Part is the next part of the last Blob's content.
type Part struct {
	Data []byte `json:"data"`
}

// end is the last record: how many there were before it, and the SHA-256 of
// their lines in hexadecimal.
type end struct {
	Records int64  `json:"records"`
	Sum     string `json:"sha256"`
}

// Record is one record; one member is set.
type Record struct {
	Header  *Header  `json:"cairn,omitempty"`
	Entity  *Entity  `json:"entity,omitempty"`
	Set     *Set     `json:"set,omitempty"`
	Number  *Number  `json:"number,omitempty"`
	Private *Private `json:"private,omitempty"`
	Blob    *Blob    `json:"blob,omitempty"`
	Part    *Part    `json:"part,omitempty"`
	End     *end     `json:"end,omitempty"`
}

// The places of records, in their order.
const (
	placeHeader = iota + 1
	placeEntity
	placeSet
	placeNumber
	placePrivate
	placeBlob
	placeEnd
)

// place says where in an archive a record stands; 0 unless it is just one thing.
func (r *Record) place() (place int) {
	for i, is := range []bool{
		r.Header != nil, r.Entity != nil, r.Set != nil, r.Number != nil,
		r.Private != nil, r.Blob != nil || r.Part != nil, r.End != nil,
	} {
		if is && place != 0 {
			return 0
		}
		if is {
			place = i + 1
		}
	}
	return place
}

// damaged reports an archive that must not be used.
func damaged(format string, args ...any) error {
	return &cairn.Error{Code: cairn.CodeInvalid, Message: "The archive cannot be used: " + fmt.Sprintf(format, args...) + ". Nothing was restored; get a whole copy of it"}
}
