package app

import (
	"context"
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"cairn"
	"cairn/internal/store"
)

// CustomerFields returns the fields of customers, in their order.
func (a *App) CustomerFields(by Caller) ([]cairn.CustomerField, error) {
	if err := a.may(by, cairn.SeeCustomers); err != nil {
		return nil, err
	}
	return a.evidence.customerFields(), nil
}

// CustomerFieldChange adds a field of customers, or changes the one with its id.
type CustomerFieldChange struct {
	cairn.CustomerField
	// Renamed are options that are called otherwise now: by the old name the new
	// one. Values follow.
	Renamed map[string]string
	// Place is its new position; nil leaves it where it is, a new one at the end.
	Place *float64
}

// SaveCustomerField adds a field of customers, or changes the one with its id.
// Whose it is stays. Where the type or the options become others, values are
// taken along as far as they can be; lost says how many could not.
func (a *App) SaveCustomerField(ctx context.Context, by Caller, in CustomerFieldChange) (f cairn.CustomerField, lost int, err error) {
	if err := a.may(by, cairn.DefineCustomers); err != nil {
		return f, 0, err
	}
	all := a.evidence.customerFields()
	if in.ID == 0 && len(all) >= cairn.MaxCustomerFields {
		return f, 0, cairn.Errorf(cairn.CodeTooLarge, "There are %d customer fields, which is the most; delete one first", len(all))
	}
	_, err = a.write(ctx, by, 0, func(tx store.Tx) error {
		f, lost = in.CustomerField, 0
		var was cairn.CustomerField
		if f.ID != 0 {
			e, err := tx.Entity(f.ID)
			if err != nil || e.Kind != cairn.KindCustomerField {
				return cairn.NotFound("The customer field")
			}
			if was, err = cairn.CustomerFieldOf(e); err != nil {
				return err
			}
			f.Of = was.Of
			if f.Type == "" {
				f.Type = was.Type
			}
		}
		switch {
		case in.Place != nil:
			f.Position = *in.Place
		case f.ID != 0:
			f.Position = was.Position
		default:
			for _, other := range all {
				f.Position = max(f.Position, other.Position)
			}
			f.Position++
		}
		if f.ID == 0 || f.Type == was.Type && slices.Equal(f.Options, was.Options) {
			return putCustomerField(tx, &f)
		}
		var err error
		lost, err = takeAlong(tx, &customerRetype{was: was, now: &f, renamed: in.Renamed})
		return err
	})
	return f, lost, err
}

func putCustomerField(tx store.Tx, f *cairn.CustomerField) error {
	if err := f.Validate(); err != nil {
		return err
	}
	e, err := f.Entity()
	if err != nil {
		return err
	}
	if owner, err := tx.Lookup(e.Keys()[0]); err != nil || (owner != 0 && owner != f.ID) {
		if err != nil {
			return err
		}
		return cairn.Conflict("There is a field named %q already", f.Name)
	}
	f.Version = tx.Seq()
	if f.ID != 0 {
		return tx.Put(e)
	}
	f.ID, err = tx.Create(e)
	return err
}

// customerRetype makes a field another one, with the values of all customers.
type customerRetype struct {
	was     cairn.CustomerField
	now     *cairn.CustomerField
	renamed map[string]string
}

// takeAlong stores the field and rewrites values; lost counts those that it
// cannot hold.
func takeAlong(tx store.Tx, r *customerRetype) (lost int, err error) {
	ref := string(r.was.Ref())
	var have []cairn.Entity
	err = tx.Scan(store.Query{Kinds: []cairn.Kind{cairn.KindCustomer}}, func(e cairn.Entity) error {
		if !cairn.IsNull(e.Attrs[ref]) {
			have = append(have, e)
		}
		return nil
	})
	if err != nil {
		return 0, err
	}
	if r.was.Type != cairn.TypeSelect && r.now.Type == cairn.TypeSelect {
		r.collect(have)
	}
	if err := putCustomerField(tx, r.now); err != nil {
		return 0, err
	}
	for _, e := range have {
		next := r.value(e.Attrs[ref])
		if string(next) == string(e.Attrs[ref]) {
			continue
		}
		if cairn.IsNull(next) {
			lost++
		}
		e.Attrs = cloneAttrs(e.Attrs)
		e.Attrs.Set(ref, next)
		if err := tx.Put(e); err != nil {
			return 0, err
		}
	}
	return lost, nil
}

// collect makes an option of every value, as far as there is room.
func (r *customerRetype) collect(have []cairn.Entity) {
	seen := make(map[string]bool)
	for _, o := range r.now.Options {
		seen[strings.ToLower(strings.TrimSpace(o))] = true
	}
	for _, e := range have {
		text := valueText(e.Attrs[string(r.was.Ref())])
		if folded := strings.ToLower(text); !seen[folded] && text != "" && len(text) <= 200 && len(r.now.Options) < cairn.MaxCustomerOptions {
			seen[folded] = true
			r.now.Options = append(r.now.Options, text)
		}
	}
}

// value is what becomes of a value; null when the field cannot hold it.
func (r *customerRetype) value(raw rawMessage) rawMessage {
	text := valueText(raw)
	if name, other := r.renamed[text]; other && r.was.Type == cairn.TypeSelect {
		text = name
	}
	raw = cairn.AppendJSONString(nil, text)
	if r.now.Type == cairn.TypeNumber {
		x, ok := looseNumber(text)
		if !ok {
			return nil
		}
		raw = cairn.AppendJSONNumber(nil, x)
	}
	next, err := r.now.Parse(raw)
	if err != nil {
		return nil
	}
	return next
}

// valueText is a stored value as text; a number is its digits.
func valueText(raw rawMessage) string {
	var s string
	if json.Unmarshal(raw, &s) == nil {
		return strings.TrimSpace(s)
	}
	return string(raw)
}

// DeleteCustomerField removes a field; its values stay and are back when that
// is undone.
func (a *App) DeleteCustomerField(ctx context.Context, by Caller, id cairn.ID) error {
	if err := a.may(by, cairn.DefineCustomers); err != nil {
		return err
	}
	_, err := a.write(ctx, by, 0, func(tx store.Tx) error {
		return deleteOne(tx, id, cairn.KindCustomerField, "The customer field")
	})
	return err
}

// looseNumber reads 1,234.50, 1.234,50, 1 234 and the like, with or without a sign of currency.
func looseNumber(v string) (float64, bool) {
	v = strings.Map(func(r rune) rune {
		if (r >= '0' && r <= '9') || r == '.' || r == ',' || r == '-' {
			return r
		}
		if r == ' ' || r == '\u00a0' || r == '\u202f' || r == '\'' || strings.ContainsRune("€$£%", r) {
			return -1
		}
		return 'x'
	}, strings.TrimSpace(v))
	dot, comma := strings.LastIndexByte(v, '.'), strings.LastIndexByte(v, ',')
	switch {
	case comma > dot && (dot >= 0 || len(v)-comma-1 != 3): // the comma is the point
		v = strings.Replace(strings.ReplaceAll(v, ".", ""), ",", ".", 1)
	default:
		v = strings.ReplaceAll(v, ",", "")
	}
	x, err := strconv.ParseFloat(v, 64)
	return x, err == nil
}
