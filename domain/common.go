package domain

import (
	"reflect"
	"strings"
)

// common are the commands that every case type knows, by the ends of their names. They are decided by the kernel, see History.
var common = []CommandType{
	{Name: ".request_amendment", Label: Text{"Đề nghị sửa hoặc hủy một việc đã ghi", "Request an amendment"}, goType: reflect.TypeFor[RequestAmendment]()},
	{Name: ".approve_amendment", Label: Text{"Duyệt đề nghị sửa hoặc hủy", "Approve an amendment"}, goType: reflect.TypeFor[ApproveAmendment]()},
	{Name: ".decline_amendment", Label: Text{"Không duyệt đề nghị sửa hoặc hủy", "Decline an amendment"}, goType: reflect.TypeFor[DeclineAmendment]()},
	{Name: ".correct", Label: Text{"Sửa một việc đã ghi", "Correct an act"}, goType: reflect.TypeFor[Correct]()},
	{Name: ".void", Label: Text{"Hủy một việc đã ghi", "Void an act"}, goType: reflect.TypeFor[Void]()},
	{Name: ".assign", Label: Text{"Giao người thụ lý", "Assign"}, goType: reflect.TypeFor[Assign]()},
	{Name: ".attach", Label: Text{"Đính kèm tài liệu", "Attach a document"}, Own: true, goType: reflect.TypeFor[Attach]()},
}

// CommonEvent is an event that every case type has.
type CommonEvent struct {
	End    string // of its name: ".corrected"
	Label  Text
	Schema int // version in which it is written
}

// CommonEvents returns the events that every case type has, in the order in which people are shown them.
func CommonEvents() []CommonEvent {
	return []CommonEvent{
		{".corrected", Text{"Sửa một việc đã ghi", "An act corrected"}, amendedSchema},
		{".voided", Text{"Hủy một việc đã ghi", "An act voided"}, amendedSchema},
		{".amendment_requested", Text{"Đề nghị sửa hoặc hủy", "An amendment requested"}, 1},
		{".amendment_declined", Text{"Không duyệt đề nghị", "An amendment declined"}, 1},
		{".assigned", Text{"Giao người thụ lý", "Assigned"}, 1},
		{".attached", Text{"Đính kèm tài liệu", "A document attached"}, 1},
	}
}

// EventLabel returns what people call an event; its name where nothing declares it.
func (c *Catalog) EventLabel(name string) Text {
	if e, ok := c.events[name]; ok {
		return e.Label
	}
	caseType, _, _ := strings.Cut(name, ".")
	for _, e := range CommonEvents() {
		if name == caseType+e.End {
			return e.Label
		}
	}
	return Text{name, name}
}
