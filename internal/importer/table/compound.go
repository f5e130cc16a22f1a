package table

import (
	"bytes"
	"fmt"
	"io"

	"cairn/internal/importer"
)

// refuseCompound says why a file in Microsoft's old container cannot be read:
// it is encrypted, or it is a workbook in the format before .xlsx.
func refuseCompound(src importer.Source) error {
	f, err := src.Open()
	if err != nil {
		return err
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, importer.MaxWorkbook))
	if err != nil {
		return err
	}
	if bytes.Contains(data, wide("EncryptedPackage")) || encryptedStream(data) {
		return &importer.Refusal{Code: "encrypted", Text: fmt.Sprintf(
			"“%s” is an encrypted workbook. Open it in a spreadsheet program, remove the password, save it as .xlsx or CSV and import that file.", src.Name())}
	}
	return &importer.Refusal{Code: "old_workbook", Text: fmt.Sprintf(
		"“%s” is a workbook in the old .xls format. Open it in a spreadsheet program, save it as .xlsx or CSV and import that file.", src.Name())}
}

// wide is s as the container writes names: two bytes a character.
func wide(s string) []byte {
	out := make([]byte, 0, 2*len(s))
	for _, c := range []byte(s) {
		out = append(out, c, 0)
	}
	return out
}

// encryptedStream looks for a workbook stream (which begins on a multiple of
// 512 bytes with a BOF record) that has a FILEPASS record near its beginning.
func encryptedStream(data []byte) bool {
	const filePass = 0x2F
	for at := 512; at+8 <= len(data); at += 512 {
		b := data[at:]
		if b[0] != 0x09 || b[1] != 0x08 || b[5] != 0x06 && b[5] != 0x05 || b[6] != 0x05 {
			continue
		}
		for n := 0; n < 40 && len(b) >= 4; n++ {
			kind, size := int(b[0])|int(b[1])<<8, int(b[2])|int(b[3])<<8
			if kind == filePass {
				return true
			}
			if 4+size > len(b) {
				break
			}
			b = b[4+size:]
		}
	}
	return false
}
