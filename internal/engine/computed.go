package engine

import (
	"cairn"
)

type computed struct {
	track
	key string
	out numbers
}
type fieldProgram struct{}
type condition struct{}
type notes struct{}

func (n *notes) at(int32) (string, []cairn.Ref) { return "", nil }
func (c *computed) notes(rows []int32) *notes   { return &notes{} }
func (e *evaluation) compute(f *fieldState) *computed {
	c := &computed{key: string(f.field.Ref())}
	c.out.grow(len(e.s.ids))
	return c
}
func (e *evaluation) condition(expr string) (predicate, error) {
	return nil, cairn.Invalid("where", "conditions are not built yet")
}
