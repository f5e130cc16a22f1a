package app

import (
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"cairn"
	"cairn/internal/importer"
)

// links keeps links as texts such as "Blocks → ABC-4".
func (c *rowConverter) links(p *columnPlan, cells []string) {
	out := &c.draft.values[p.field]
	if !p.native || len(c.row.Links) == 0 {
		out.texts = append(out.texts, cells...)
		return
	}
	if len(out.texts) > 0 {
		return // another column of links has brought them all
	}
	for _, l := range c.row.Links {
		arrow := " ← "
		if l.Out {
			arrow = " → "
		}
		out.texts = append(out.texts, l.Type+arrow+l.Ref)
	}
}

// cellComments takes each cell as a comment by nobody known.
func (c *rowConverter) cellComments(cells []string) {
	seen := make(map[string]int)
	for _, cell := range cells {
		id := importer.Digest(cell)
		if seen[id]++; seen[id] > 1 {
			id += "#" + strconv.Itoa(seen[id])
		}
		c.comment(importer.Comment{SourceID: id, Body: cell})
	}
}

func (c *rowConverter) comment(in importer.Comment) {
	body := cleanText(in.Body)
	if err := cairn.CheckComment(body); err != nil {
		c.note(ImportRefused, "Comments", importer.Problem{Code: "comment", Reason: err.Error() + ".", Value: importer.Shorten(in.Body)})
		return
	}
	out := draftComment{sourceID: c.row.SourceID + "/" + in.SourceID, at: in.At.UTC().Truncate(time.Microsecond), body: body}
	if in.At.IsZero() || in.At.Year() < 1 || in.At.Year() > 9999 {
		out.at = time.Time{}
	}
	if in.Author != (importer.Person{}) {
		if out.author = c.plan.people.find(in.Author); out.author == nil {
			out.name = cleanText(in.Author.Name + in.Author.Email)
		}
	}
	c.draft.comments = append(c.draft.comments, out)
}

// section adds a list of addresses below the description.
func (c *rowConverter) section(title string, items []string) {
	if len(items) == 0 {
		return
	}
	lines := make([]string, 0, len(items))
	for _, item := range items {
		lines = append(lines, "- "+strings.Join(strings.Fields(cleanText(item)), " "))
	}
	c.sections = append(c.sections, "### "+title+"\n\n"+strings.Join(lines, "\n"))
}

// parts takes what a row holds beside its cells.
func (c *rowConverter) parts() {
	if c.plan.comments {
		for _, comment := range c.row.Comments {
			c.comment(comment)
		}
	}
	if c.plan.attachments && len(c.row.Attachments) > 0 {
		items := make([]string, 0, len(c.row.Attachments))
		for _, a := range c.row.Attachments {
			items = append(items, attachmentItem(a))
		}
		c.section("Attachments", items)
	}
}

func attachmentItem(a importer.Attachment) string {
	name := strings.NewReplacer(`\`, `\\`, "[", `\[`, "]", `\]`).Replace(a.Name)
	item := "[" + name + "](<" + strings.NewReplacer("<", "%3C", ">", "%3E", " ", "%20").Replace(a.URL) + ">)"
	var by []string
	if who := a.Author.Name + a.Author.Email; who != "" {
		by = append(by, who)
	}
	if !a.At.IsZero() {
		by = append(by, a.At.UTC().Format(time.DateOnly))
	}
	if len(by) > 0 {
		item += " — " + strings.Join(by, ", ")
	}
	return item
}

// order reads a place in the source's manual order: a Jira rank or a number.
func (c *rowConverter) order(i int, cells []string) {
	if len(cells) == 0 {
		return
	}
	s := strings.TrimSpace(cells[0])
	if _, rest, ok := strings.Cut(s, "|"); ok {
		c.draft.order = alphanumeric(strings.Replace(strings.ToLower(rest), ":", "", 1))
	} else if x, err := strconv.ParseFloat(s, 64); err == nil && x >= 0 && x < 1e15 {
		c.draft.order = strings.Replace(fmt.Sprintf("%022.6f", x), ".", "", 1)
	}
	if c.draft.order == "" {
		c.note(ImportWarning, c.plan.survey.Columns[i].Name, importer.Problem{Code: "order", Value: importer.Shorten(s),
			Reason: fmt.Sprintf("%q is no place in an order. The idea stands where its row stands in the file.", importer.Shorten(s))})
	}
}

// alphanumeric returns s if it is 1 to 60 small letters and digits, else "".
func alphanumeric(s string) string {
	if len(s) > 60 || strings.Trim(s, "0123456789abcdefghijklmnopqrstuvwxyz") != "" {
		return ""
	}
	return s
}

// lists stores labels; one that is too long is left out alone.
func (c *rowConverter) lists(field int, v *draftValue) {
	f := c.plan.fields[field]
	kept := v.texts[:0:0]
	for _, s := range v.texts {
		s = cleanText(s)
		if utf8.RuneCountInString(s) > cairn.MaxLabel {
			c.note(ImportRefused, strings.Join(f.from, ", "), importer.Problem{Code: "label_too_long", Value: importer.Shorten(s),
				Reason: fmt.Sprintf("The label has more than %d characters and was left out. Import the column as text instead.", cairn.MaxLabel)})
			continue
		}
		kept = append(kept, s)
	}
	parsed, err := cairn.ParseValue(&f.Field, rawJSON(kept))
	if err != nil {
		c.note(ImportRefused, strings.Join(f.from, ", "), importer.Problem{Code: "not_accepted", Reason: err.Error() + "."})
		v.keep = true
		return
	}
	if !parsed.IsNull() {
		v.raw = parsed.AppendJSON(nil)
	}
}
