package notify

import (
	"context"
	"errors"
)

// Message is a notice on its way out of the house. It holds no personal data of others, and none of level P2 or P3.
type Message struct {
	ID      string // the same for the same message, so that a mailbox can drop a second one
	To      string
	Subject string
	Text    string
	HTML    string
	Stop    string // address where one click ends such messages; empty where there is nothing to end
}

// Channel is a way by which messages leave the house, such as mail.
type Channel interface {
	// Open reaches the other side, so that nothing is claimed for sending while it is away.
	Open(ctx context.Context) (Line, error)
}

// Line is an open way for several messages, one after the other.
type Line interface {
	// Send hands one over. Any error but ErrRefused may be gone later.
	Send(ctx context.Context, m Message) error
	Close() error
}

// ErrRefused says that the other side will never take this message.
var ErrRefused = errors.New("refused for good")
