package natscluster

import (
	"context"
	"encoding/json"
	"errors"
	"strconv"
	"strings"
	"time"

	"github.com/nats-io/nats.go"
)

// server is what one server of the cluster says about itself.
type server struct {
	Name      string
	Cluster   string
	Version   string
	JetStream bool
	Synced    *bool // every write before it is acknowledged; nil where we may not see it
	Peers     int   // servers of the cluster that keep data, 0 where we may not see it
}

// Every account may ask who is there; the answers name each server and its version. How a server is set up is told to
// the system account alone.
const (
	askAnybody = "$SYS.REQ.SERVER.PING.CONNZ"
	askSystem  = "$SYS.REQ.SERVER.PING.JSZ"
)

// Nobody says how many will answer: the last one has answered when for a while no other does.
const (
	firstAnswer = 2 * time.Second
	nextAnswer  = 400 * time.Millisecond
)

type answer struct {
	Server struct {
		Name      string `json:"name"`
		Cluster   string `json:"cluster"`
		Version   string `json:"ver"`
		JetStream bool   `json:"jetstream"`
	} `json:"server"`
	Data struct {
		Config *struct {
			SyncAlways bool `json:"sync_always"`
		} `json:"config"`
		Meta struct {
			Size int `json:"cluster_size"`
		} `json:"meta_cluster"`
	} `json:"data"`
}

// ask returns what the servers of the cluster answer. Where nobody may ask, the list is empty.
func ask(ctx context.Context, nc *nats.Conn, subject string) (found []server, err error) {
	sub, err := nc.SubscribeSync(nc.NewInbox())
	if err != nil {
		return nil, err
	}
	defer func() { _ = sub.Unsubscribe() }()
	if err := nc.PublishRequest(subject, sub.Subject, []byte(`{"limit":1}`)); err != nil {
		return nil, err
	}
	for wait := firstAnswer; ; wait = nextAnswer {
		ctx, cancel := context.WithTimeout(ctx, wait)
		m, err := sub.NextMsgWithContext(ctx)
		cancel()
		if errors.Is(err, context.DeadlineExceeded) || errors.Is(err, nats.ErrNoResponders) {
			return found, nil
		}
		if err != nil {
			return nil, err
		}
		var a answer
		if json.Unmarshal(m.Data, &a) != nil || a.Server.Name == "" {
			continue
		}
		s := server{Name: a.Server.Name, Cluster: a.Server.Cluster, Version: a.Server.Version, JetStream: a.Server.JetStream, Peers: a.Data.Meta.Size}
		if a.Data.Config != nil && subject == askSystem {
			s.Synced = &a.Data.Config.SyncAlways
		}
		found = append(found, s)
	}
}

// older tells whether a version is known to be older than major.minor.
func older(version string, major, minor int) bool {
	parts := strings.SplitN(strings.TrimPrefix(version, "v"), ".", 3)
	if len(parts) < 2 {
		return false
	}
	has, err := strconv.Atoi(parts[0])
	hasMinor, err2 := strconv.Atoi(parts[1])
	if err != nil || err2 != nil {
		return false
	}
	return has < major || has == major && hasMinor < minor
}
