package engine

import (
	"encoding/json"
	"slices"

	"cairn"
)

// colorMask is a colour rule with the rows it holds for.
type colorMask struct {
	color string
	// field is the cell to colour; "" is the whole row.
	field cairn.Ref
	rows  bitmap
}

// colorMasks evaluates the colour rules. Rules about deleted fields are left
// out with a warning.
func (p *plan) colorMasks(rules []cairn.ColorRule) ([]colorMask, error) {
	var masks []colorMask
	for _, rule := range rules {
		if err := rule.When.Validate(); err != nil {
			return nil, err
		}
		if !slices.Contains(cairn.Colors(), rule.Color) {
			return nil, cairn.Invalid("colors", "%q is not a colour of the palette", rule.Color)
		}
		rows, err := p.ruleMask(rule)
		if err != nil {
			if p.skip(err) {
				continue
			}
			return nil, err
		}
		masks = append(masks, colorMask{rule.Color, rule.Field, rows})
	}
	return masks, nil
}

func (p *plan) ruleMask(rule cairn.ColorRule) (bitmap, error) {
	e := p.s.evaluation(p.env)
	e.use(&p.s.rows)
	holds, err := e.filter(rule.When, "Colour rule")
	if err != nil {
		return nil, err
	}
	raw, err := json.Marshal(rule.When)
	if err != nil {
		return nil, cairn.Invalid("colors", "A colour rule has a value that is not JSON")
	}
	key := string(e.variant(raw))
	if m, ok := p.s.derived.masks.get(key); ok && e.stands(m.built) {
		return m.rows, nil
	}
	m := &mask{p.s.clock, newBitmap(len(p.s.ids))}
	holds(m.rows)
	p.s.derived.masks.put(key, m)
	return m.rows, nil
}

// rowColor is what the rules say about one row: the colour of the row, and of
// single cells. The first rule that holds decides.
type rowColor struct {
	row   string
	cells []cellColor
}

type cellColor struct {
	field cairn.Ref
	color string
}

func colorOf(masks []colorMask, row int32) rowColor {
	var out rowColor
	for i := range masks {
		m := &masks[i]
		if !m.rows.has(row) {
			continue
		}
		switch {
		case m.field == "":
			if out.row == "" {
				out.row = m.color
			}
		case !slices.ContainsFunc(out.cells, func(c cellColor) bool { return c.field == m.field }):
			out.cells = append(out.cells, cellColor{m.field, m.color})
		}
	}
	return out
}

func (c rowColor) appendJSON(dst []byte) []byte {
	if len(c.cells) == 0 {
		if c.row == "" {
			return append(dst, "null"...)
		}
		return appendString(dst, c.row)
	}
	dst = append(dst, '{')
	if c.row != "" {
		dst = append(appendString(append(dst, `"row":`...), c.row), ',')
	}
	sep := `"cells":{`
	for _, cell := range c.cells {
		dst = append(dst, sep...)
		dst = append(appendString(dst, string(cell.field)), ':')
		dst = appendString(dst, cell.color)
		sep = ","
	}
	return append(dst, "}}"...)
}
