package natskeys

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"hoso/domain"
)

// Check looks at what Open would open, and creates nothing. An error says that keys cannot be kept there. unsafe is
// an error too, nil where all is well: it names the settings under which keys could be lost, and Open gives it where
// Options.AcceptUnsafe is not set. exists tells whether there are keys.
func Check(ctx context.Context, nc *nats.Conn, options Options) (exists bool, unsafe, err error) {
	js, err := jetstream.New(nc, jetstream.WithDefaultTimeout(timeout))
	if err != nil {
		return false, nil, err
	}
	options.Replicas = max(options.Replicas, 1)
	s, unsafe, err := findBucket(ctx, js, options)
	return s != nil, unsafe, err
}

// findBucket returns the bucket's stream, nil where there is none.
func findBucket(ctx context.Context, js jetstream.JetStream, options Options) (s jetstream.Stream, unsafe, err error) {
	s, err = lookUp(ctx, js)
	if errors.Is(err, jetstream.ErrStreamNotFound) {
		if options.MustExist {
			return nil, nil, errMissing
		}
		return nil, nil, nil
	}
	if err != nil {
		return nil, nil, unavailable(err)
	}
	has, want := s.CachedInfo().Config, wanted(options.Replicas)
	var wrong, loose []string
	check := func(list *[]string, name string, ok bool, has, want any) {
		if !ok {
			*list = append(*list, fmt.Sprintf("%s = %v, cần %v", name, has, want))
		}
	}
	check(&wrong, "subjects", strings.Join(has.Subjects, " ") == want.Subjects[0], has.Subjects, want.Subjects)
	check(&wrong, "max_msgs_per_subject", has.MaxMsgsPerSubject == 2, has.MaxMsgsPerSubject, 2)
	check(&wrong, "deny_delete", !has.DenyDelete, has.DenyDelete, false)
	check(&wrong, "allow_atomic", has.AllowAtomicPublish, has.AllowAtomicPublish, true)
	check(&loose, "storage", has.Storage == want.Storage, has.Storage, want.Storage)
	check(&loose, "persist_mode", has.PersistMode == want.PersistMode, has.PersistMode, want.PersistMode)
	check(&loose, "num_replicas", has.Replicas >= want.Replicas, has.Replicas, want.Replicas)
	check(&loose, "max_age", has.MaxAge == 0, has.MaxAge, "không giới hạn")
	check(&loose, "max_msgs", has.MaxMsgs <= 0, has.MaxMsgs, "không giới hạn")
	check(&loose, "max_bytes", has.MaxBytes <= 0, has.MaxBytes, "không giới hạn")
	check(&loose, "discard", has.Discard == want.Discard, has.Discard, want.Discard)
	check(&loose, "allow_msg_ttl", !has.AllowMsgTTL, has.AllowMsgTTL, false)
	if len(wrong) > 0 {
		return nil, nil, refused("keys.misconfigured", nil, "kho khóa %q do nơi khác tạo hoặc đã bị sửa, không dùng được: %s", bucketName, strings.Join(append(wrong, loose...), "; "))
	}
	if len(loose) > 0 {
		unsafe = refused("keys.misconfigured", nil, "kho khóa %q có thiết lập không an toàn: %s; hãy sửa bằng công cụ nats", bucketName, strings.Join(loose, "; "))
	}
	return s, unsafe, nil
}

// lookUp asks for the stream, again while a cluster elects a leader: nobody answers then.
func lookUp(ctx context.Context, js jetstream.JetStream) (jetstream.Stream, error) {
	ctx, cancel := context.WithTimeout(ctx, electionTimeout)
	defer cancel()
	for {
		asking, cancel := context.WithTimeout(ctx, askAgain)
		s, err := js.Stream(asking, streamName)
		lost := errors.Is(err, context.DeadlineExceeded)
		cancel()
		if !lost || ctx.Err() != nil {
			return s, err
		}
	}
}

// unavailable says of what the servers said, or did not say, that keys cannot be had now.
func unavailable(err error) error {
	var known *domain.Error
	if errors.As(err, &known) {
		return err
	}
	return refused("keys.unavailable", err, "kho khóa chưa trả lời được; hãy thử lại sau")
}
