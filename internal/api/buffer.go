package api

import (
	"bytes"
	"sync"
)

// keptBuffer is up to which size the memory of a body is used again.
const keptBuffer = 64 << 10

// buffers hold the bodies of requests and answers while they are read and written.
var buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// takeBuffer returns an empty buffer; whoever takes it gives it to keepBuffer.
func takeBuffer() *bytes.Buffer { return buffers.Get().(*bytes.Buffer) }

// keepBuffer makes a buffer that is not used any more ready for the next body.
func keepBuffer(buf *bytes.Buffer) {
	if buf.Cap() <= keptBuffer {
		buf.Reset()
		buffers.Put(buf)
	}
}
