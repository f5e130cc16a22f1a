package main

import (
	"context"

	"cairn"
)

// hygiene asks for each kind of what rots but duplicates, which are looked for
// behind the back of whoever asks and would disturb the lines after this.
func (m *measuring) hygiene(context.Context) error {
	took, err := repeat(10, func(int) error {
		for _, kind := range cairn.HygieneKinds() {
			if kind == cairn.RotDuplicates {
				continue
			}
			if _, err := m.p.do("GET", "/projects/BEN/hygiene?kind="+string(kind), ""); err != nil {
				return err
			}
		}
		return nil
	})
	if err == nil {
		m.t.add(line{m.d.label("what rots in a project, eight kinds asked one by one"), spread(took), "", m.limits.http()})
	}
	return err
}
