package httpapi

import (
	"context"
	"net/http"
	"slices"

	"github.com/danielgtaylor/huma/v2"

	"hoso/domain"
	"hoso/domain/area"
	"hoso/domain/calendar"
	"hoso/domain/right"
)

// CaseTypeInfo is a case type with what can be asked of its cases.
type CaseTypeInfo struct {
	Name     string      `json:"name"`
	Label    domain.Text `json:"label"`
	Commands []NameLabel `json:"commands" doc:"Their fields are in /api/v1/openapi.json"`
}

// NameLabel is a name with its label.
type NameLabel struct {
	Name  string      `json:"name"`
	Label domain.Text `json:"label"`
}

// EventInfo is an event that the log holds.
type EventInfo struct {
	Name   string      `json:"name"`
	Case   string      `json:"case" doc:"Case type"`
	Schema int         `json:"schema" doc:"Version in which it is written today"`
	Label  domain.Text `json:"label"`
}

// IndicatorInfo is a figure of the reports.
type IndicatorInfo struct {
	ID         string          `json:"id"`
	Case       string          `json:"case" doc:"Case type that counts it"`
	Label      domain.Text     `json:"label"`
	Unit       string          `json:"unit"`
	Kind       domain.Measure  `json:"kind"`
	Breakdowns []BreakdownInfo `json:"breakdowns,omitempty"`
	Law        string          `json:"law,omitempty"`
	Version    int             `json:"version" doc:"Of the definition"`
	Over       string          `json:"over,omitempty" doc:"Of a ratio"`
	Under      string          `json:"under,omitempty"`
}

// BreakdownInfo is a way in which a figure is divided.
type BreakdownInfo struct {
	Key    string   `json:"key"`
	Values []string `json:"values,omitempty" doc:"Missing where the set is open"`
}

// AreaInfo is an administrative unit.
type AreaInfo struct {
	Code   area.Code     `json:"code"`
	Name   string        `json:"name"`
	Level  string        `json:"level" enum:"province,district,commune"`
	Parent area.Code     `json:"parent,omitempty"`
	From   calendar.Date `json:"from" doc:"First day"`
	To     calendar.Date `json:"to" doc:"Last day"`
}

type list[T any] struct {
	Body struct {
		Items []T `json:"items"`
	}
}

func listed[T any](items []T) *list[T] {
	l := &list[T]{}
	l.Body.Items = slices.Clip(items)
	return l
}

type areasInput struct {
	Wait
	On     string `query:"on" maxLength:"10" doc:"The units of this day; without it those of today"`
	Within string `query:"within" maxLength:"5" doc:"In this unit"`
	Level  string `query:"level" enum:"province,district,commune"`
}

type meOutput struct {
	Body struct {
		Account string `json:"account"`
		Name    string `json:"name,omitempty"`
	}
}

var levels = []string{"province", "district", "commune"}

func (s *server) catalogue() {
	get := func(id, path, summary string) huma.Operation {
		return huma.Operation{OperationID: id, Method: http.MethodGet, Path: path, Summary: summary, Tags: []string{"catalogue"}, Responses: answers()}
	}
	operation(s, get("me", "/me", "Ai đang hỏi · Who asks"), func(ctx context.Context, in *waitInput) (*meOutput, error) {
		if err := s.wait(ctx, in.Wait); err != nil {
			return nil, err
		}
		c, _ := right.Of(ctx)
		out := &meOutput{}
		out.Body.Account, out.Body.Name = c.Account, c.Name
		return out, nil
	})
	operation(s, get("case-types", "/catalogue/cases", "Các loại hồ sơ · Case types"), known(s, func(waitInput) ([]CaseTypeInfo, error) { return s.caseTypes(), nil }))
	operation(s, get("events", "/catalogue/events", "Danh mục sự kiện · Event catalogue"), known(s, func(waitInput) ([]EventInfo, error) { return s.events(), nil }))
	operation(s, get("indicators", "/catalogue/indicators", "Danh mục chỉ tiêu · Indicator catalogue"), known(s, func(waitInput) ([]IndicatorInfo, error) { return s.indicators(), nil }))
	operation(s, get("areas", "/areas", "Đơn vị hành chính · Administrative units"), known(s, s.areas))
}

// known lists for whoever has logged in: what the program knows is no secret, and nobody's business otherwise.
func known[I waiting, T any](s *server, items func(I) ([]T, error)) func(context.Context, *I) (*list[T], error) {
	return func(ctx context.Context, in *I) (*list[T], error) {
		if err := s.wait(ctx, (*in).wait()); err != nil {
			return nil, err
		}
		all, err := items(*in)
		return listed(all), err
	}
}

func (s *server) caseTypes() (all []CaseTypeInfo) {
	for _, t := range s.Catalog.Types {
		info := CaseTypeInfo{Name: t.Name, Label: t.Label, Commands: []NameLabel{}}
		for _, c := range t.Commands {
			if !c.Own {
				info.Commands = append(info.Commands, NameLabel{c.Name, c.Label})
			}
		}
		all = append(all, info)
	}
	return all
}

func (s *server) events() (all []EventInfo) {
	for _, t := range s.Catalog.Types {
		for _, e := range t.Events {
			all = append(all, EventInfo{e.Name, t.Name, e.Schema(), e.Label})
		}
		for _, e := range domain.CommonEvents() {
			all = append(all, EventInfo{t.Name + e.End, t.Name, e.Schema, e.Label})
		}
	}
	return all
}

func (s *server) indicators() (all []IndicatorInfo) {
	for _, t := range s.Catalog.Types {
		for _, i := range t.Indicators {
			if i.Hidden {
				continue
			}
			info := IndicatorInfo{ID: i.ID, Case: t.Name, Label: i.Label, Unit: i.Unit, Kind: i.Measure, Law: i.Law, Version: max(i.Version, 1), Over: i.Over, Under: i.Under}
			for _, b := range i.Breakdowns {
				info.Breakdowns = append(info.Breakdowns, BreakdownInfo{b.Key, b.Values})
			}
			all = append(all, info)
		}
	}
	return all
}

func (s *server) areas(in areasInput) ([]AreaInfo, error) {
	on := calendar.On(s.Clock())
	if in.On != "" {
		var err error
		if on, err = calendar.ParseDate(in.On); err != nil {
			return nil, domain.Malformed("area.not_a_date", "on", "không phải ngày có thật dạng YYYY-MM-DD")
		}
	}
	var of area.Unit
	if in.Within != "" {
		var ok bool
		if of, ok = area.Find(area.Code(in.Within), on); !ok {
			return nil, &domain.Error{Kind: domain.NotFound, Code: "area.unknown", Field: "within", Msg: "không có đơn vị hành chính mang mã này vào ngày đó"}
		}
	}
	all := []AreaInfo{}
	for n, level := range levels {
		if in.Level != "" && in.Level != level {
			continue
		}
		for _, u := range area.InUse().Below(of, area.Level(n), on) {
			all = append(all, AreaInfo{u.Code, u.Name, level, u.Parent, u.Valid.From, u.Valid.To})
		}
	}
	return all, nil
}
