package engine

// Forget drops everything derived, as after a start.
func (s *State) Forget() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.derived.init()
	s.derived.programs = nil
	for _, c := range s.columns {
		if v, ok := c.data.(*texts); ok {
			v.folds = nil
		}
	}
}
