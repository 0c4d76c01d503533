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
func ensureStream(ctx context.Context, js jetstream.JetStream, options Options) (*jetstream.StreamInfo, error) {
	s, unsafe, err := findStream(ctx, js, options)
	if err != nil {
		return nil, err
	}
	if unsafe != nil && !options.AcceptUnsafe {
		return nil, unsafe
	}
	if s == nil {
		if s, err = createStream(ctx, js, options); err != nil {
			return nil, err
		}
	}
	return s.CachedInfo(), nil
}

func createStream(ctx context.Context, js jetstream.JetStream, options Options) (jetstream.Stream, error) {
	s, err := js.CreateStream(ctx, wanted(options.Replicas))
	if errors.Is(err, jetstream.ErrStreamNameAlreadyInUse) { // another process was faster
		var unsafe error
		if s, unsafe, err = findStream(ctx, js, options); err == nil && unsafe != nil {
			err = unsafe
		}
	}
	if err != nil {
		return nil, cannotOpen(err)
	}
	return s, listening(ctx, js, options)
}

// listening waits until a stream that was just made takes writes: on a cluster the servers hear a moment later who leads it,
// and until then nobody answers. What it asks is refused, so that nothing is written.
func listening(ctx context.Context, js jetstream.JetStream, options Options) error {
	ctx, cancel := context.WithTimeout(ctx, options.Timeout)
	defer cancel()
	const never = 1 << 62
	for {
		_, err := js.Publish(ctx, subjectPrefix+"open."+uuid.NewString(), nil, jetstream.WithExpectLastSequencePerSubject(never))
		var answered *jetstream.APIError
		switch {
		case err == nil, errors.As(err, &answered):
			return nil
		case !errors.Is(err, jetstream.ErrNoStreamResponse) || ctx.Err() != nil:
			return cannotOpen(err)
		}
	}
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
