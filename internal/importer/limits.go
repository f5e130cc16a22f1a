package importer

import "cairn/internal/importer/text"

// Limits of a file. Whatever goes beyond is refused by name, never cut silently.
const (
	MaxCell       = text.MaxCell    // bytes of a cell
	MaxColumns    = text.MaxColumns // columns of a table
	MaxRows       = 1_000_000       // rows of a file
	MaxHeaderRow  = 10              // the header is looked for in so many rows
	MaxValues     = 200             // values listed for a column
	MaxSamples    = 5               // samples of a column
	MaxSampleSize = 160             // bytes of a sample
	MaxWorkbook   = 64 << 20        // bytes of a workbook
	MaxDepth      = text.MaxDepth   // nesting of a JSON element
)
