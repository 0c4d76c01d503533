package web

import (
	"slices"

	"github.com/google/uuid"

	"hoso/domain"
	"hoso/projections/desk"
)

// inFull is a person's data without a mask, for a case and a purpose that were recorded before it was shown. It is asked by a
// form: nobody reads it by following an address.
type inFull struct {
	desk.Person
	Case    domain.StreamID
	Purpose desk.Purpose
	Waiting []wanted
}

// wanted is an amendment that waits for approval, with what it would change in words.
type wanted struct {
	desk.Asked
	Says []pair
}

func readInFull(a *Ask) (any, error) {
	if a.Desk.Access == nil {
		return nil, &domain.Error{Kind: domain.NotFound, Code: "access.none", Msg: "ở đây không có sổ ghi lượt xem dữ liệu cá nhân", En: "no log of readings is kept here"}
	}
	id, err := domain.ParseStreamID(a.PathValue("case"))
	if err != nil {
		return nil, err
	}
	who, err := uuid.Parse(a.PostFormValue("person"))
	if err != nil {
		return nil, domain.Malformed("data.ill_typed", "person", "cần mã của người")
	}
	look := desk.Look{Person: domain.PersonID{UUID: who}, Case: id, Purpose: desk.Purpose(a.PostFormValue("purpose"))}
	p, err := a.Desk.Person(a.Context(), look)
	t, _ := a.Catalog.Type(id.Type)
	words := labelsOf(t, a.today(), a.Lang)
	in := inFull{p, id, look.Purpose, nil}
	for _, asked := range p.Asked {
		in.Waiting = append(in.Waiting, wanted{asked, words.changes(asked.Changes)})
	}
	return in, err
}

// purposes are what somebody may read a person's data for, in words.
func (s *Site) purposes(l Lang) (all []option) {
	for _, p := range desk.Purposes() {
		all = append(all, option{string(p), text{p.Label().Vi, p.Label().En}.In(l)})
	}
	return slices.Clip(all)
}
