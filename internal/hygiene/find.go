package hygiene

import (
	"cairn"
	"cairn/internal/engine"
)

// Lack is why an idea has no score, or not a whole one.
type Lack struct {
	// Missing are fields that were not filled in.
	Missing []cairn.Ref
	// Error is what the formula says.
	Error string
}

// Unscored says what a score lacks, given its cell and those of the formula's
// inputs; false where it is whole (HYG-4).
func Unscored(score engine.Cell, inputs []cairn.Ref, cells []engine.Cell) (Lack, bool) {
	null := score.Value.Kind == cairn.KindNull
	if !null && len(score.Missing) == 0 {
		return Lack{}, false
	}
	out := Lack{Missing: score.Missing, Error: score.Error}
	if len(out.Missing) == 0 { // the reason may be that they are empty
		for i, ref := range inputs {
			if cells[i].Value.Kind == cairn.KindNull {
				out.Missing = append(out.Missing, ref)
			}
		}
	}
	return out, true
}

// matureAt is how many ideas a project has before unused options and fields say
// anything.
const matureAt = 10

// Mature reports whether a project has ideas enough to say that an option or a
// field is not used.
func Mature(ideas int) bool { return ideas >= matureAt }

// UnusedOptions are the options of a field that no idea has, given those that ideas
// have, 0 standing for none (HYG-9). Of a field that nobody uses there are none:
// that is another finding.
func UnusedOptions(f cairn.Field, used map[cairn.ID]bool) []cairn.Option {
	if len(used) == 0 || len(used) == 1 && used[0] {
		return nil
	}
	var out []cairn.Option
	for _, o := range f.Options {
		if !used[o.ID] {
			out = append(out, o)
		}
	}
	return out
}

// ToFill are the fields that people fill: neither computed nor hidden, no
// checkboxes, of which no value is a value, and not the score (HYG-10).
func ToFill(set cairn.Hygiene, fields []cairn.Field) []cairn.Field {
	var out []cairn.Field
	for _, f := range fields {
		info, _ := f.Type.Info()
		computed := info.Computed && f.Type != cairn.TypeVotes
		if !computed && !f.Hidden && f.Type != cairn.TypeCheckbox && f.Ref() != set.Score {
			out = append(out, f)
		}
	}
	return out
}

// rarely is of how many of a hundred ideas a field that next to none has is filled.
const rarely = 2

// Rare reports whether next to no idea has a field (HYG-10).
func Rare(filled, ideas int) bool { return filled == 0 || filled*100 < rarely*ideas }
