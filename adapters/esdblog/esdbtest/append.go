package esdbtest

import (
	"errors"
	"io"

	"github.com/EventStore/EventStore-Client-Go/v4/esdb"
	"github.com/EventStore/EventStore-Client-Go/v4/protos/shared"
	"github.com/EventStore/EventStore-Client-Go/v4/protos/streams"
	"github.com/google/uuid"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
)

type streamsServer struct {
	streams.UnimplementedStreamsServer
	node *Node
}

var errProtocol = status.Error(codes.Unknown, "Exception was thrown by handler.")

// Append takes the options first and then any number of events, and answers when the client has sent the last
// [server: Streams.Append.cs].
func (s *streamsServer) Append(call streams.Streams_AppendServer) error {
	n := s.node
	first, err := call.Recv()
	if err != nil {
		return err
	}
	options := first.GetOptions()
	if options == nil {
		return errProtocol
	}
	if n.options.Denied {
		return exception(call.Context(), codes.PermissionDenied, "Access Denied", "access-denied")
	}
	if n.faults.spend(func(f *Faults) *int { return &f.RefuseEarly }) {
		return status.Error(codes.Unavailable, "Server Is Too Busy")
	}
	events, err := n.proposed(call)
	if err != nil {
		return err
	}
	if err := n.leads(call.Context()); err != nil {
		return err
	}
	want, ok := expectedOf(options)
	if !ok {
		return status.Error(codes.InvalidArgument, "no expected revision")
	}
	name := string(options.GetStreamIdentifier().GetStreamName())
	v := n.store.append(name, want, events)
	switch {
	case v.repeated && n.faults.now().IgnoreRepeats:
		<-call.Context().Done()
		return call.Context().Err()
	case n.faults.spend(func(f *Faults) *int { return &f.LoseAnswers }):
		n.Drop()
		return errProtocol
	case v.deleted:
		return deleted(call.Context(), name)
	case v.wrong:
		return call.SendAndClose(wrongVersion(options, v))
	}
	return call.SendAndClose(&streams.AppendResp{Result: &streams.AppendResp_Success_{Success: &streams.AppendResp_Success{
		CurrentRevisionOption: &streams.AppendResp_Success_CurrentRevision{CurrentRevision: v.last.revision},
		PositionOption: &streams.AppendResp_Success_Position{Position: &streams.AppendResp_Position{
			CommitPosition: v.last.position, PreparePosition: v.last.position}},
	}}})
}

// proposed reads the events of an append and weighs them: data, metadata and twice the type's name.
func (n *Node) proposed(call streams.Streams_AppendServer) (events []proposed, err error) {
	limit, size := n.options.MaxAppendSize, 0
	if limit == 0 {
		limit = 1 << 20
	}
	for {
		r, err := call.Recv()
		if errors.Is(err, io.EOF) {
			return events, nil
		}
		if err != nil {
			return nil, err
		}
		m := r.GetProposedMessage()
		if m == nil {
			return nil, errProtocol
		}
		p := proposed{idOf(m.GetId()), m.GetMetadata()["type"], m.GetMetadata()["content-type"], m.GetData(), m.GetCustomMetadata()}
		if p.eventType == "" || p.contentType == "" {
			return nil, exception(call.Context(), codes.InvalidArgument, "Required Metadata Property is missing",
				"missing-required-metadata-property", "required-metadata-properties", "type,content-type")
		}
		if size += len(p.data) + len(p.metadata) + 2*len(p.eventType); size > limit {
			return nil, tooLarge(call.Context(), limit)
		}
		events = append(events, p)
	}
}

func idOf(id *shared.UUID) uuid.UUID {
	if s := id.GetStructured(); s != nil {
		u, _ := esdb.ParseUUIDFromInt64(s.MostSignificantBits, s.LeastSignificantBits) // of 16 bytes it never fails
		return u
	}
	u, _ := uuid.Parse(id.GetString_())
	return u
}

func expectedOf(o *streams.AppendReq_Options) (expected, bool) {
	switch e := o.GetExpectedStreamRevision().(type) {
	case *streams.AppendReq_Options_Revision:
		return expected(e.Revision), true
	case *streams.AppendReq_Options_NoStream:
		return noStream, true
	case *streams.AppendReq_Options_Any:
		return anything, true
	case *streams.AppendReq_Options_StreamExists:
		return exists, true
	}
	return 0, false
}

// wrongVersion is an answer, not an error.
func wrongVersion(o *streams.AppendReq_Options, v verdict) *streams.AppendResp {
	w := &streams.AppendResp_WrongExpectedVersion{}
	switch e := o.GetExpectedStreamRevision().(type) {
	case *streams.AppendReq_Options_Revision:
		w.ExpectedRevisionOption = &streams.AppendResp_WrongExpectedVersion_ExpectedRevision{ExpectedRevision: e.Revision}
	case *streams.AppendReq_Options_NoStream:
		w.ExpectedRevisionOption = &streams.AppendResp_WrongExpectedVersion_ExpectedNoStream{ExpectedNoStream: &shared.Empty{}}
	case *streams.AppendReq_Options_StreamExists:
		w.ExpectedRevisionOption = &streams.AppendResp_WrongExpectedVersion_ExpectedStreamExists{ExpectedStreamExists: &shared.Empty{}}
	}
	if v.current < 0 {
		w.CurrentRevisionOption = &streams.AppendResp_WrongExpectedVersion_CurrentNoStream{CurrentNoStream: &shared.Empty{}}
	} else {
		w.CurrentRevisionOption = &streams.AppendResp_WrongExpectedVersion_CurrentRevision{CurrentRevision: uint64(v.current)}
	}
	return &streams.AppendResp{Result: &streams.AppendResp_WrongExpectedVersion_{WrongExpectedVersion: w}}
}
