package main

import (
	"strings"
	"testing"

	"hoso/adapters/natscluster"
	"hoso/domain"
)

// TestAllThatIsUnsafeIsTold: whoever mends one thing need not start again to hear of the next.
func TestAllThatIsUnsafeIsTold(t *testing.T) {
	found := []natscluster.Finding{
		{Code: "nats.sync_unseen", Msg: "a"}, {Code: "nats.one_replica", Msg: "b", Breaks: true},
		{Code: "nats.not_synced", Msg: "c", Breaks: true}, {Code: "nats.no_tls", Msg: "d"},
	}
	for accept, want := range map[bool]struct{ warned, code string }{
		false: {"a [nats.sync_unseen]|c [nats.not_synced]|d [nats.no_tls]", "nats.one_replica"},
		true:  {"a [nats.sync_unseen]|b [nats.one_replica]|c [nats.not_synced]|d [nats.no_tls]", ""},
	} {
		var warned []string
		err := storeFlags{natsFlags: natsFlags{AcceptUnsafe: accept}}.judge(found, func(s string) { warned = append(warned, s) })
		if got := strings.Join(warned, "|"); got != want.warned || (err != nil) != (want.code != "") || err != nil && domain.CodeOf(err) != want.code {
			t.Errorf("accepted %t: warned of %s, answered %v", accept, got, err)
		}
	}
}
