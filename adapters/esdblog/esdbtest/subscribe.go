package esdbtest

import (
	"math"
	"regexp"
	"slices"
	"strings"

	"github.com/EventStore/EventStore-Client-Go/v4/protos/streams"
	"github.com/google/uuid"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
)

// filter is what a subscription to $all wants to see, and how often it wants to know where it is
// [proto: ReadReq.Options.FilterOptions].
type filter struct {
	matches  func(record) bool
	interval int // events looked at between two checkpoints
}

func filterOf(o *streams.ReadReq_Options) (filter, error) {
	invalid := status.Error(codes.InvalidArgument, "invalid filter")
	if _, ok := o.GetFilterOption().(*streams.ReadReq_Options_NoFilter); ok {
		return filter{func(record) bool { return true }, math.MaxInt}, nil
	}
	f := o.GetFilter()
	field := func(r record) string { return r.stream }
	by := f.GetStreamIdentifier()
	if by == nil {
		by, field = f.GetEventType(), func(r record) string { return r.eventType }
	}
	if by == nil || f.GetCheckpointIntervalMultiplier() == 0 {
		return filter{}, invalid
	}
	window := 32 // the default size of a page
	if m, ok := f.GetWindow().(*streams.ReadReq_Options_FilterOptions_Max); ok {
		window = int(m.Max)
	}
	all := filter{interval: window * int(f.GetCheckpointIntervalMultiplier())}
	if by.GetRegex() == "" {
		all.matches = func(r record) bool {
			return slices.ContainsFunc(by.GetPrefix(), func(p string) bool { return strings.HasPrefix(field(r), p) })
		}
		return all, nil
	}
	x, err := regexp.Compile(by.GetRegex())
	if err != nil {
		return filter{}, invalid
	}
	all.matches = func(r record) bool { return x.MatchString(field(r)) }
	return all, nil
}

// subscribe sends what lies behind a position, then a checkpoint and that it has caught up, and then whatever comes
// [server: AllSubscriptionFiltered.cs].
func (n *Node) subscribe(call streams.Streams_ReadServer, o *streams.ReadReq_Options_AllOptions, options *streams.ReadReq_Options) error {
	f, err := filterOf(options)
	if err != nil {
		return err
	}
	records, grown := n.store.snapshot()
	next := 0
	switch at := o.GetAllOption().(type) {
	case *streams.ReadReq_Options_AllOptions_Position: // behind it, not at it
		next, _ = slices.BinarySearchFunc(records, at.Position.CommitPosition+1, func(r record, p uint64) int {
			if r.position < p {
				return -1
			}
			return 1
		})
	case *streams.ReadReq_Options_AllOptions_End:
		next = len(records)
	}
	if err := call.Send(&streams.ReadResp{Content: &streams.ReadResp_Confirmation{
		Confirmation: &streams.ReadResp_SubscriptionConfirmation{SubscriptionId: uuid.NewString()}}}); err != nil {
		return err
	}
	seen, sent, live := 0, 0, false
	for {
		for _, r := range records[next:] {
			faults := n.faults.now()
			if seen++; f.matches(r) && n.store.readable(r) {
				if faults.DropAfter > 0 && sent >= faults.DropAfter {
					return nil
				}
				if faults.Forget > 0 && sent >= faults.Forget {
					<-call.Context().Done()
					return call.Context().Err()
				}
				for range map[bool]int{false: 1, true: 2}[faults.Double] {
					if err := call.Send(event(r, true)); err != nil {
						return err
					}
				}
				sent++
			}
			if seen%f.interval == 0 {
				if err := call.Send(checkpoint(r)); err != nil {
					return err
				}
			}
		}
		next = len(records)
		if !live {
			if next > 0 {
				if err := call.Send(checkpoint(records[next-1])); err != nil {
					return err
				}
			}
			// Since 23.10 a subscriber is told [changes].
			if n.since(23, 10) {
				if err := call.Send(&streams.ReadResp{Content: &streams.ReadResp_CaughtUp_{CaughtUp: &streams.ReadResp_CaughtUp{}}}); err != nil {
					return err
				}
			}
			live = true
		}
		select {
		case <-grown:
		case <-call.Context().Done():
			return call.Context().Err()
		}
		records, grown = n.store.snapshot()
	}
}

func checkpoint(r record) *streams.ReadResp {
	return &streams.ReadResp{Content: &streams.ReadResp_Checkpoint_{
		Checkpoint: &streams.ReadResp_Checkpoint{CommitPosition: r.position, PreparePosition: r.position}}}
}
