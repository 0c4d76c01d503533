package web

func dashboard(*Ask) (any, error) { return nil, nil }
