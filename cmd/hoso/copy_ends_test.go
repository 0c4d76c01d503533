package main

import (
	"strings"
	"testing"
)

// TestSidesOfACopy: what is given for one server never goes to another.
func TestSidesOfACopy(t *testing.T) {
	const plain, own = "plain", "own"
	for name, test := range map[string]struct {
		from, to, fromNATS string
		plain, own         string // logins
		source, target     string // that reach the servers
		wrong              string // the flag
	}{
		"neither on NATS":                {from: "a", to: "b"},
		"a login for nobody":             {from: "a", to: "b", plain: plain, wrong: "--nats-creds"},
		"a login for no source":          {from: "a", to: "nats://b", own: own, wrong: "--from-nats"},
		"the target's":                   {from: "a", to: "nats://b", plain: plain, target: plain},
		"the source's, in the short way": {from: "nats://a", to: "b", plain: plain, source: plain},
		"the source's":                   {from: "nats://a", to: "b", own: own, source: own},
		"the source's twice":             {from: "nats://a", to: "b", own: own, plain: plain, wrong: "--nats-creds"},
		"each its own":                   {from: "nats://a", to: "nats://b", own: own, plain: plain, source: own, target: plain},
		"none for the source":            {from: "nats://a", to: "nats://b", plain: plain, target: plain},
		"of the keys":                    {from: "esdb://a", fromNATS: "nats://k", to: "b", own: own, source: own},
		"of the keys, in the short way":  {from: "esdb://a", fromNATS: "nats://k", to: "b", plain: plain, source: plain},
		"of the keys and the target":     {from: "esdb://a", fromNATS: "nats://k", to: "nats://b", plain: plain, target: plain},
		"keys apart from NATS events":    {from: "nats://a", fromNATS: "nats://k", to: "b", wrong: "--from-nats"},
	} {
		from, _ := parsePlace("from", test.from)
		to, _ := parsePlace("to", test.to)
		c := copyCommand{natsFlags: natsFlags{Replicas: 1, NATSCreds: test.plain}, sourceFlags: sourceFlags{FromNATS: test.fromNATS, FromNATSCreds: test.own}}
		source, target, err := c.sides(from, to)
		switch {
		case test.wrong != "":
			if err == nil || !strings.HasPrefix(err.Error(), test.wrong) {
				t.Errorf("%s: %v, want a complaint of %s", name, err, test.wrong)
			}
		case err != nil || source.NATSCreds != test.source || target.NATSCreds != test.target || source.NATS != from.nats+test.fromNATS:
			t.Errorf("%s: %v\nsource %+v\ntarget %+v", name, err, source, target)
		case source.Replicas != 1 || !source.AcceptUnsafe:
			t.Errorf("%s: the source is judged: %+v", name, source)
		}
	}
	for _, replicas := range []int{0, 6, -1} {
		for _, to := range []place{{dir: "b"}, {nats: "nats://b"}} {
			if _, _, err := (copyCommand{natsFlags: natsFlags{Replicas: replicas}}).sides(place{dir: "a"}, to); err == nil {
				t.Errorf("%d replicas are taken by %+v", replicas, to)
			}
		}
	}
}
