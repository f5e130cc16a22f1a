package thumbnail

import (
	"bytes"
	"encoding/binary"
)

// exifOrientation reads from the beginning of a JPEG file how the camera was
// held; a file that does not say is upright.
func exifOrientation(head []byte) orientation {
	const (
		app1      = 0xe1
		startScan = 0xda
	)
	for at := 2; at+4 <= len(head) && head[at] == 0xff; {
		marker, size := head[at+1], int(binary.BigEndian.Uint16(head[at+2:]))
		if marker == startScan || size < 2 || at+2+size > len(head) {
			break
		}
		body := head[at+4 : at+2+size]
		if tiff, is := bytes.CutPrefix(body, []byte("Exif\x00\x00")); is && marker == app1 {
			return tiffOrientation(tiff)
		}
		at += 2 + size
	}
	return upright
}

// tiffOrientation finds the entry in the first directory of what Exif holds.
func tiffOrientation(tiff []byte) orientation {
	const (
		tag       = 0x0112
		shortType = 3
		entrySize = 12
	)
	if len(tiff) < 8 {
		return upright
	}
	var order binary.ByteOrder
	switch string(tiff[:4]) {
	case "II*\x00":
		order = binary.LittleEndian
	case "MM\x00*":
		order = binary.BigEndian
	default:
		return upright
	}
	first := int64(order.Uint32(tiff[4:]))
	if first+2 > int64(len(tiff)) {
		return upright
	}
	entries := tiff[first+2:]
	for range order.Uint16(tiff[first:]) {
		if len(entries) < entrySize {
			break
		}
		if order.Uint16(entries) == tag && order.Uint16(entries[2:]) == shortType {
			if o := orientation(order.Uint16(entries[8:])); o >= upright && o <= 8 {
				return o
			}
			break
		}
		entries = entries[entrySize:]
	}
	return upright
}
