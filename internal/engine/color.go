package engine

import (
	"encoding/json"
	"slices"

	"cairn"
)

// colorMask is a colour rule with the rows it holds for.
type colorMask struct {
	color, icon string
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
		masks = append(masks, colorMask{rule.Color, rule.Icon, rule.Field, rows})
	}
	return masks, nil
}

// formatMasks evaluates the formats of the shown fields. One that does not fit
// its field any more, such as after a change of type, marks nothing.
func (p *plan) formatMasks() []colorMask {
	var masks []colorMask
	for _, src := range p.columns {
		if src.field == nil {
			continue
		}
		for _, f := range src.field.Formats {
			rule := f.Rule(src.ref)
			rows, err := p.ruleMask(rule)
			if err != nil {
				continue
			}
			masks = append(masks, colorMask{rule.Color, rule.Icon, rule.Field, rows})
			if f.Whole && f.Icon != "" {
				masks = append(masks, colorMask{"", rule.Icon, src.ref, rows})
			}
		}
	}
	return masks
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
	field       cairn.Ref
	color, icon string
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
			out.cells = append(out.cells, cellColor{m.field, m.color, m.icon})
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
	dst = append(dst, `"cells":{`...)
	dst = c.appendCells(dst, func(cell cellColor) string { return cell.color })
	if slices.ContainsFunc(c.cells, func(cell cellColor) bool { return cell.icon != "" }) {
		dst = append(dst, `},"icons":{`...)
		dst = c.appendCells(dst, func(cell cellColor) string { return cell.icon })
	}
	return append(dst, "}}"...)
}

// appendCells appends what the marked cells have of one kind of mark.
func (c rowColor) appendCells(dst []byte, mark func(cellColor) string) []byte {
	first := true
	for _, cell := range c.cells {
		text := mark(cell)
		if text == "" {
			continue
		}
		if !first {
			dst = append(dst, ',')
		}
		dst = append(appendString(dst, string(cell.field)), ':')
		dst = appendString(dst, text)
		first = false
	}
	return dst
}
