package natslog

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/google/uuid"
	"github.com/nats-io/nats.go/jetstream"

	"hoso/domain"
)

const (
	streamName    = "hoso"
	subjectPrefix = "hoso.case."
)

// wanted is the stream as this package makes it: no limits, nothing can be taken out of it.
//
// With replicas it is not compressed. A server of a cluster that was killed cuts its stream back to the last snapshot
// and replays what follows; up to version 2.15.2 at least, it cuts a compressed block as if it were not compressed, and
// the block can never be read again. Where all servers lose power together, all replicas lose the same events.
func wanted(replicas int) jetstream.StreamConfig {
	compression := jetstream.S2Compression
	if replicas > 1 {
		compression = jetstream.NoCompression
	}
	return jetstream.StreamConfig{
		Name:               streamName,
		Description:        "hoso: the events of all cases",
		Subjects:           []string{subjectPrefix + "*.*"},
		Retention:          jetstream.LimitsPolicy,
		Storage:            jetstream.FileStorage,
		Replicas:           replicas,
		MaxMsgs:            -1,
		MaxBytes:           -1,
		MaxMsgsPerSubject:  -1,
		MaxMsgSize:         -1,
		MaxConsumers:       -1,
		Compression:        compression,
		DenyDelete:         true,
		DenyPurge:          true,
		AllowDirect:        true,
		AllowAtomicPublish: true,
	}
}

// ensureStream makes the stream, or checks the one that is there. It never changes one: what an administrator set
// tighter stays, and what is looser is for the administrator to explain.
// It returns how many servers keep the stream.
func ensureStream(ctx context.Context, js jetstream.JetStream, replicas int) (int, error) {
	want := wanted(replicas)
	s, err := js.Stream(ctx, streamName)
	if errors.Is(err, jetstream.ErrStreamNotFound) {
		s, err = js.CreateStream(ctx, want)
		if errors.Is(err, jetstream.ErrStreamNameAlreadyInUse) { // another process was faster
			s, err = js.Stream(ctx, streamName)
		}
	}
	if err != nil {
		return 0, fmt.Errorf("open the log's stream: %w", err)
	}
	has := s.CachedInfo().Config
	if d := differences(has, want); len(d) > 0 {
		return 0, misconfigured("luồng %q có thiết lập không an toàn: %s", streamName, strings.Join(d, "; "))
	}
	return has.Replicas, nil
}

// differences names the settings of a stream under which the log would not keep its promises.
func differences(has, want jetstream.StreamConfig) (d []string) {
	check := func(name string, ok bool, has, want any) {
		if !ok {
			d = append(d, fmt.Sprintf("%s = %v, cần %v", name, has, want))
		}
	}
	unlimited := func(name string, n int64) { check(name, n <= 0, n, "không giới hạn") }
	check("subjects", strings.Join(has.Subjects, " ") == strings.Join(want.Subjects, " "), has.Subjects, want.Subjects)
	check("retention", has.Retention == want.Retention, has.Retention, want.Retention)
	check("storage", has.Storage == want.Storage, has.Storage, want.Storage)
	check("persist_mode", has.PersistMode == want.PersistMode, has.PersistMode, want.PersistMode)
	check("compression", has.Replicas <= 1 || has.Compression == jetstream.NoCompression, has.Compression, jetstream.NoCompression)
	check("num_replicas", has.Replicas >= want.Replicas, has.Replicas, want.Replicas)
	unlimited("max_msgs", has.MaxMsgs)
	unlimited("max_bytes", has.MaxBytes)
	unlimited("max_msgs_per_subject", has.MaxMsgsPerSubject)
	unlimited("max_age", int64(has.MaxAge))
	check("max_msg_size", has.MaxMsgSize <= 0 || has.MaxMsgSize >= maxMessage, has.MaxMsgSize, maxMessage)
	check("deny_delete", has.DenyDelete, has.DenyDelete, true)
	check("deny_purge", has.DenyPurge, has.DenyPurge, true)
	check("allow_rollup_hdrs", !has.AllowRollup, has.AllowRollup, false)
	check("allow_msg_ttl", !has.AllowMsgTTL, has.AllowMsgTTL, false)
	check("allow_direct", has.AllowDirect, has.AllowDirect, true)
	check("allow_atomic", has.AllowAtomicPublish, has.AllowAtomicPublish, true)
	check("no_ack", !has.NoAck, has.NoAck, false)
	check("sealed", !has.Sealed, has.Sealed, false)
	check("mirror", has.Mirror == nil, "có", "không")
	check("sources", len(has.Sources) == 0, "có", "không")
	check("subject_transform", has.SubjectTransform == nil, "có", "không")
	return d
}

func misconfigured(format string, args ...any) error {
	return &domain.Error{Kind: domain.Unavailable, Code: "log.misconfigured", Msg: fmt.Sprintf(format, args...)}
}

// subjectOf returns the case's own subject. Two cases never share one, or the condition of a write would look at
// the wrong events.
func subjectOf(s domain.StreamID) (string, error) {
	if _, err := domain.ParseStreamID(s.String()); err != nil {
		return "", err
	}
	return subjectPrefix + s.Type + "." + s.ID.String(), nil
}

func streamOf(subject string) (domain.StreamID, error) {
	rest, ok := strings.CutPrefix(subject, subjectPrefix)
	name, id, ok2 := strings.Cut(rest, ".")
	u, err := uuid.Parse(id)
	if !ok || !ok2 || err != nil {
		return domain.StreamID{}, fmt.Errorf("subject %q is not a case's", subject)
	}
	return domain.StreamID{Type: name, ID: u}, nil
}
