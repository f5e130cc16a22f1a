package api

func (s *server) exportRoutes() []endpoint { return nil }
