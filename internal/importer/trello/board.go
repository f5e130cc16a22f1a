package trello

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"sort"
	"strings"
	"time"

	"cairn/internal/importer"
	"cairn/internal/importer/text"
)

// maxComments is how many comments of a board are held in memory.
const maxComments = 200_000

// board is everything of an export except its cards.
type board struct {
	id, name   string
	lists      map[string]list
	labels     map[string]label
	members    map[string]importer.Person
	checklists map[string][]checklist // by card
	fields     []customField
	options    map[string]string    // texts of custom list values
	made       map[string]time.Time // cards made, from actions
	comments   map[string][]importer.Comment
	held       int
	dropped    int
}

type list struct {
	ID     string `json:"id"`
	Name   string `json:"name"`
	Closed bool   `json:"closed"`
}

type label struct {
	ID    string `json:"id"`
	Name  string `json:"name"`
	Color string `json:"color"`
}

func (l label) text() string {
	if l.Name != "" {
		return l.Name
	}
	return strings.ReplaceAll(l.Color, "_", " ")
}

type member struct {
	ID       string `json:"id"`
	FullName string `json:"fullName"`
	Username string `json:"username"`
}

func (m member) person() importer.Person {
	name := m.FullName
	if name == "" {
		name = m.Username
	}
	return importer.Person{ID: m.ID, Name: name}
}

type checklist struct {
	ID    string  `json:"id"`
	Card  string  `json:"idCard"`
	Name  string  `json:"name"`
	Pos   float64 `json:"pos"`
	Items []struct {
		Name  string  `json:"name"`
		State string  `json:"state"`
		Pos   float64 `json:"pos"`
	} `json:"checkItems"`
}

type customField struct {
	ID      string `json:"id"`
	Name    string `json:"name"`
	Type    string `json:"type"`
	Options []struct {
		ID    string `json:"id"`
		Value struct {
			Text string `json:"text"`
		} `json:"value"`
	} `json:"options"`
}

func (f customField) fieldType() importer.FieldType {
	switch f.Type {
	case "number":
		return importer.Number
	case "checkbox":
		return importer.Checkbox
	case "date":
		return importer.DateType
	case "list":
		return importer.Select
	}
	return importer.ShortText
}

type action struct {
	ID      string    `json:"id"`
	Type    string    `json:"type"`
	Date    time.Time `json:"date"`
	Creator member    `json:"memberCreator"`
	Data    struct {
		Text string `json:"text"`
		Card struct {
			ID string `json:"id"`
		} `json:"card"`
	} `json:"data"`
}

// readBoard reads everything but the cards.
func readBoard(ctx context.Context, src importer.Source) (*board, error) {
	b := &board{lists: map[string]list{}, labels: map[string]label{}, members: map[string]importer.Person{}, checklists: map[string][]checklist{},
		options: map[string]string{}, made: map[string]time.Time{}, comments: map[string][]importer.Comment{}}
	f, err := src.Open()
	if err != nil {
		return nil, err
	}
	defer f.Close()
	cards, n := false, 0
	err = text.EachJSON(f, func(e text.Element) error {
		if n++; n%256 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		cards = cards || e.Path == "cards"
		return b.take(e)
	})
	var fault *text.JSONError
	if err != nil && !errors.As(err, &fault) {
		return nil, err
	}
	if !cards {
		why := ""
		if fault != nil {
			why = fmt.Sprintf(" (%v)", fault)
		}
		return nil, &importer.Refusal{Code: "no_cards", Text: fmt.Sprintf(
			"“%s” holds no cards%s. Export the board in Trello with Share, Export as JSON, and import that file.", src.Name(), why)}
	}
	for _, list := range b.comments {
		sort.SliceStable(list, func(i, j int) bool { return list[i].At.Before(list[j].At) })
	}
	return b, nil
}

// take keeps one member of the board. Members of another shape than expected
// are passed over: only cards decide whether a board can be imported.
func (b *board) take(e text.Element) error {
	switch e.Path {
	case "id":
		return read(e, func(v string) { b.id = v })
	case "name":
		return read(e, func(v string) { b.name = v })
	case "lists":
		return read(e, func(v list) { b.lists[v.ID] = v })
	case "labels":
		return read(e, func(v label) { b.labels[v.ID] = v })
	case "members":
		return read(e, func(v member) { b.members[v.ID] = v.person() })
	case "checklists":
		return read(e, func(v checklist) { b.checklists[v.Card] = append(b.checklists[v.Card], v) })
	case "customFields":
		return read(e, func(v customField) {
			if len(b.fields) >= importer.MaxColumns-fixedColumns {
				return
			}
			b.fields = append(b.fields, v)
			for _, o := range v.Options {
				b.options[o.ID] = o.Value.Text
			}
		})
	case "actions":
		return read(e, b.action)
	}
	return nil
}

func read[T any](e text.Element, use func(T)) error {
	var v T
	if json.Unmarshal(e.Raw, &v) == nil {
		use(v)
	}
	return nil
}

func (b *board) action(a action) {
	card := a.Data.Card.ID
	switch a.Type {
	case "createCard", "copyCard", "emailCard", "convertToCardFromCheckItem", "moveCardToBoard":
		if _, ok := b.made[card]; !ok {
			b.made[card] = a.Date.UTC()
		}
	case "commentCard", "copyCommentCard":
		if b.held >= maxComments {
			b.dropped++
			return
		}
		b.held++
		b.comments[card] = append(b.comments[card], importer.Comment{SourceID: a.ID, At: a.Date.UTC(), Author: a.Creator.person(), Body: a.Data.Text})
	}
}
