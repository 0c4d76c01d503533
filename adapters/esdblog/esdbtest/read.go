package esdbtest

import (
	"math"
	"slices"
	"strconv"
	"time"

	"github.com/EventStore/EventStore-Client-Go/v4/esdb"
	"github.com/EventStore/EventStore-Client-Go/v4/protos/shared"
	"github.com/EventStore/EventStore-Client-Go/v4/protos/streams"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
)

// Read answers reads and subscriptions, of one stream or of $all [server: Streams.Read.cs]. A request has to say
// which one it is in each of its options; what it leaves out is refused, as the server does.
func (s *streamsServer) Read(r *streams.ReadReq, call streams.Streams_ReadServer) error {
	n, o := s.node, r.GetOptions()
	if o.GetUuidOption() == nil {
		return status.Error(codes.InvalidArgument, "uuidOption is required")
	}
	if n.options.Denied {
		return exception(call.Context(), codes.PermissionDenied, "Access Denied", "access-denied")
	}
	if err := n.leads(call.Context()); err != nil {
		return err
	}
	backwards := o.GetReadDirection() == streams.ReadReq_Options_Backwards
	_, unfiltered := o.GetFilterOption().(*streams.ReadReq_Options_NoFilter)
	switch kind := o.GetCountOption().(type) {
	case *streams.ReadReq_Options_Count:
		if stream, ok := o.GetStreamOption().(*streams.ReadReq_Options_Stream); ok && unfiltered {
			return n.readStream(call, stream.Stream, kind.Count, backwards)
		}
		if all, ok := o.GetStreamOption().(*streams.ReadReq_Options_All); ok && unfiltered {
			return n.readAll(call, all.All, kind.Count, backwards)
		}
	case *streams.ReadReq_Options_Subscription:
		if all, ok := o.GetStreamOption().(*streams.ReadReq_Options_All); ok && !backwards {
			return n.subscribe(call, all.All, o)
		}
	}
	return status.Error(codes.InvalidArgument, "The combination is invalid.")
}

func (n *Node) readStream(call streams.Streams_ReadServer, o *streams.ReadReq_Options_StreamOptions, count uint64, backwards bool) error {
	name := string(o.GetStreamIdentifier().GetStreamName())
	records, found, gone := n.store.of(name)
	if gone {
		return deleted(call.Context(), name)
	}
	if !found {
		return call.Send(&streams.ReadResp{Content: &streams.ReadResp_StreamNotFound_{
			StreamNotFound: &streams.ReadResp_StreamNotFound{StreamIdentifier: o.GetStreamIdentifier()}}})
	}
	from := uint64(0)
	switch at := o.GetRevisionOption().(type) {
	case *streams.ReadReq_Options_StreamOptions_Revision:
		from = at.Revision
	case *streams.ReadReq_Options_StreamOptions_End:
		from = math.MaxUint64
	}
	records = cut(records, func(r record) uint64 { return r.revision }, from, count, backwards)
	half := len(records) > 1 && n.faults.spend(func(f *Faults) *int { return &f.HalfAnswers })
	// Since 22.6 the events of a stream come with their place in the log [changes: 22.6.0, pull request 3459].
	located := n.since(22, 6)
	for i, r := range records {
		if half && i == 1 {
			n.Drop()
			return errProtocol
		}
		if err := call.Send(event(r, located)); err != nil {
			return err
		}
	}
	return nil
}

func (n *Node) readAll(call streams.Streams_ReadServer, o *streams.ReadReq_Options_AllOptions, count uint64, backwards bool) error {
	from := uint64(0)
	switch at := o.GetAllOption().(type) {
	case *streams.ReadReq_Options_AllOptions_Position:
		from = at.Position.CommitPosition
		if backwards { // a position lies before its event: backwards, that one is not read
			from--
		}
	case *streams.ReadReq_Options_AllOptions_End:
		from = math.MaxUint64
	}
	records, _ := n.store.snapshot()
	for _, r := range cut(records, func(r record) uint64 { return r.position }, from, count, backwards) {
		if !n.store.readable(r) {
			continue
		}
		if pace := n.faults.now().Pace; pace > 0 {
			select {
			case <-time.After(pace):
			case <-call.Context().Done():
				return call.Context().Err()
			}
		}
		if err := call.Send(event(r, true)); err != nil {
			return err
		}
		n.passed.Add(1)
	}
	return nil
}

// cut returns up to count records from a place on, in a direction.
func cut(records []record, place func(record) uint64, from, count uint64, backwards bool) []record {
	if backwards {
		after, _ := slices.BinarySearchFunc(records, from, func(r record, at uint64) int {
			if place(r) <= at {
				return -1
			}
			return 1
		})
		records = slices.Clone(records[:after])
		slices.Reverse(records)
	} else {
		first, _ := slices.BinarySearchFunc(records, from, func(r record, at uint64) int {
			if place(r) < at {
				return -1
			}
			return 1
		})
		records = records[first:]
	}
	return records[:min(count, uint64(len(records)))]
}

// event is a record on the wire [server: Streams.Read.cs ConvertToReadEvent]. Where the position is not given, it is
// the greatest number there is.
func event(r record, located bool) *streams.ReadResp {
	most, least := esdb.UUIDAsInt64(r.id)
	e := &streams.ReadResp_ReadEvent_RecordedEvent{
		Id:               &shared.UUID{Value: &shared.UUID_Structured_{Structured: &shared.UUID_Structured{MostSignificantBits: most, LeastSignificantBits: least}}},
		StreamIdentifier: &shared.StreamIdentifier{StreamName: []byte(r.stream)},
		StreamRevision:   r.revision,
		CommitPosition:   math.MaxUint64,
		PreparePosition:  math.MaxUint64,
		Metadata: map[string]string{
			"type": r.eventType, "content-type": r.contentType,
			"created": strconv.FormatInt(r.created.UnixNano()/100, 10), // ticks of 100 ns since 1970
		},
		Data:           r.data,
		CustomMetadata: r.metadata,
	}
	read := &streams.ReadResp_ReadEvent{Event: e, Position: &streams.ReadResp_ReadEvent_NoPosition{NoPosition: &shared.Empty{}}}
	if located {
		e.CommitPosition, e.PreparePosition = r.position, r.position
		read.Position = &streams.ReadResp_ReadEvent_CommitPosition{CommitPosition: r.position}
	}
	return &streams.ReadResp{Content: &streams.ReadResp_Event{Event: read}}
}
