package api

func (s *server) importRoutes() []endpoint { return nil }
