package formula

import "strings"

// library is the table of functions.
var library = functionTable{
	row("Logic", doc{"if(condition, then, [else])", "The second value when the condition holds, otherwise the third.",
		`if({Effort} > 0, {Impact} / {Effort}, 0)`}, function{
		params: []want{wantCondition, wantAny, wantAny}, required: 2, check: checkIf, eval: evalIf}),
	row("Logic", doc{"ifs(condition, value, …, [else])", "The value behind the first condition that holds.",
		`ifs({Reach} > 1000, 3, {Reach} > 100, 2, 1)`}, function{
		params: []want{wantAny, wantAny}, required: 2, repeat: 1, check: checkIfs}),
	row("Logic", doc{"switch(value, case, result, …, [else])", "The result behind the case that equals the value.",
		`switch({Status}, "Now", 3, "Next", 2, 1)`}, function{
		params: []want{wantAny, wantAny, wantAny}, required: 3, repeat: 1, check: checkSwitch}),
	row("Logic", doc{"coalesce(value, …)", "The first of the values that is there.",
		`coalesce({Effort}, {T-shirt size}, 5)`}, function{
		params: []want{wantAny}, required: 1, repeat: 1, check: checkSame, eval: evalCoalesce}),
	row("Logic", doc{"is_empty(value)", "True when there is no value.",
		`is_empty({Owner})`}, function{params: []want{wantAny}, required: 1, result: Bool, eval: evalEmpty(1)}),
	row("Logic", doc{"is_filled(value)", "True when there is a value.",
		`is_filled({Due date})`}, function{params: []want{wantAny}, required: 1, result: Bool, eval: evalEmpty(0)}),

	row("Numbers", doc{"min(value, …)", "The smallest of the values that are there; also of dates.",
		`min({Effort}, 10)`}, function{params: []want{wantAny}, required: 1, repeat: 1, check: checkExtreme, eval: aggregate(smallest)}),
	row("Numbers", doc{"max(value, …)", "The largest of the values that are there; also of dates.",
		`max({Impact}, {Goal})`}, function{params: []want{wantAny}, required: 1, repeat: 1, check: checkExtreme, eval: aggregate(largest)}),
	row("Numbers", doc{"avg(value, …)", "The average of the values that are there.",
		`avg({Impact}, {Goal}, {Fit})`}, numbers(1, aggregate(average))),
	row("Numbers", doc{"median(value, …)", "The middle of the values that are there.",
		`median({Impact}, {Goal}, {Fit})`}, numbers(1, aggregate(median))),
	row("Numbers", doc{"sum(value, …)", "The sum; missing values count as 0.",
		`sum({Impact}, {Goal})`}, numbers(1, evalSum)),
	row("Numbers", doc{"count(value, …)", "How many of the values are there; every entry of a list counts.",
		`count({Labels})`}, function{params: []want{wantAny}, required: 1, repeat: 1, result: Number, eval: evalCount}),
	row("Numbers", doc{"round(number, [decimals])", "Rounds to whole numbers, or to so many decimals; halves away from zero.",
		`round({Score}, 1)`}, operands(1, 2, numeric(round))),
	row("Numbers", doc{"floor(number)", "The next whole number below.",
		`floor({Score})`}, operands(1, 1, numeric(floor))),
	row("Numbers", doc{"ceil(number)", "The next whole number above.",
		`ceil({Effort})`}, operands(1, 1, numeric(ceil))),
	row("Numbers", doc{"abs(number)", "The number without its sign.",
		`abs({Change})`}, operands(1, 1, numeric(abs))),
	row("Numbers", doc{"sign(number)", "1, 0 or −1.",
		`sign({Change})`}, operands(1, 1, numeric(sign))),
	row("Numbers", doc{"sqrt(number)", "The square root.",
		`sqrt({Reach})`}, operands(1, 1, numeric(sqrt))),
	row("Numbers", doc{"pow(base, exponent)", "The base to the power of the exponent, as base^exponent.",
		`pow({Impact}, 2)`}, operands(2, 2, numeric(pow))),
	row("Numbers", doc{"exp(number)", "e to the power of the number.",
		`exp(1)`}, operands(1, 1, numeric(exp))),
	row("Numbers", doc{"log(number, [base])", "The logarithm, to the base 10 unless another is given.",
		`log({Reach})`}, operands(1, 2, numeric(logarithm))),
	row("Numbers", doc{"ln(number)", "The natural logarithm.",
		`ln({Reach} + 1)`}, operands(1, 1, numeric(ln))),
	row("Numbers", doc{"clamp(number, low, high)", "The number, kept between two bounds.",
		`clamp({Score}, 0, 100)`}, operands(3, 3, numeric(clamp))),
	row("Numbers", doc{"number(value)", "Reads a number from text; the weight of an option; 1 or 0 for true or false.",
		`number({Story points})`}, function{params: []want{wantAny}, required: 1, result: Number, check: checkNumber, eval: strict(readNumber)}),
	row("Numbers", doc{"weight(option)", "The weight of an option, or the sum of the weights of several.",
		`weight({Priority}) * 2`}, function{params: []want{wantOption}, required: 1, result: Number, check: checkNumber, eval: strict(readNumber)}),

	row("Text", doc{"contains(text, part)", "True when the text holds the part, letter case and accents aside; of a list, when an entry is the part.",
		`contains({Title}, "mobile")`}, function{params: []want{wantEntries, wantText}, required: 2, result: Bool, eval: predicate(contains)}),
	row("Text", doc{"starts_with(text, part)", "True when the text starts with the part, letter case and accents aside.",
		`starts_with({Title}, "API")`}, function{params: []want{wantText, wantText}, required: 2, result: Bool, eval: predicate(startsWith)}),
	row("Text", doc{"ends_with(text, part)", "True when the text ends with the part, letter case and accents aside.",
		`ends_with({Link}, ".pdf")`}, function{params: []want{wantText, wantText}, required: 2, result: Bool, eval: predicate(endsWith)}),
	row("Text", doc{"lower(text)", "The text in small letters.",
		`lower({Title})`}, texts(strict(lower))),
	row("Text", doc{"upper(text)", "The text in capitals.",
		`upper({Title})`}, texts(strict(upper))),
	row("Text", doc{"trim(text)", "The text without spaces at its ends, and single spaces inside.",
		`trim({Title})`}, texts(strict(trim))),
	row("Text", doc{"length(text)", "How many characters a text, or entries a list, has.",
		`length({Title}) > 80`}, function{params: []want{wantEntries}, required: 1, result: Number, eval: strict(length)}),
	row("Text", doc{"concat(text, …)", "Joins texts; missing ones are left out.",
		`concat({Area}, ": ", {Title})`}, function{params: []want{wantAny}, required: 1, repeat: 1, result: Text, eval: evalConcat}),
	row("Text", doc{"text(value)", "Writes a value as text.",
		`text({Reach})`}, function{params: []want{wantAny}, required: 1, result: Text, eval: strict(writeText)}),
	row("Text", doc{"name(option)", "The name of an option.",
		`name({Status}) = "Now"`}, function{params: []want{wantOption}, required: 1, result: Text, check: checkName, eval: strict(writeText)}),

	row("Lists", doc{"has(list, entry, …)", "True when the list holds one of the entries, letter case and accents aside.",
		`has({Labels}, "quick win")`}, function{params: []want{wantEntries, wantText}, required: 2, repeat: 1, result: Bool, eval: predicate(has)}),

	row("Dates", doc{"today()", "The current day.",
		`{Due date} < today()`}, function{result: Date, eval: evalToday}),
	row("Dates", doc{"date(text)", "Reads a date; also date(year, month, day).",
		`date("2026-11-23")`}, function{params: []want{wantAny, wantOperand, wantOperand}, required: 1, result: Date, check: checkDate, eval: strict(makeDate)}),
	row("Dates", doc{"date_add(date, count, [unit])", "The day that lies so many units later; a negative count goes back.",
		`date_add(today(), 2, "month")`}, function{params: []want{wantDate, wantOperand, wantUnit}, required: 2, result: Date, eval: strict(addDate)}),
	row("Dates", doc{"days(interval)", "How many days an interval has; days(3) is simply 3.",
		`days({Timeline})`}, function{params: []want{wantAny}, required: 1, result: Number, check: checkDays, eval: strict(days)}),
	row("Dates", doc{"days_between(from, to)", "Days from one date to another; negative when the second is earlier.",
		`days_between({Created}, today())`}, function{params: []want{wantDate, wantDate}, required: 2, result: Number, eval: strict(daysBetween)}),
	row("Dates", doc{"months_between(from, to)", "Whole months from one date to another.",
		`months_between(today(), {Due date})`}, function{params: []want{wantDate, wantDate}, required: 2, result: Number, eval: strict(monthsBetween)}),
	row("Dates", doc{"start(interval)", "The first day of an interval.",
		`start({Timeline})`}, spans(Date, strict(startOf))),
	row("Dates", doc{"end(interval)", "The last day of an interval.",
		`end({Timeline}) < today()`}, spans(Date, strict(endOf))),
	row("Dates", doc{"year(date)", "The year, such as 2026; of an interval, of its start.",
		`year({Due date})`}, spans(Number, strict(yearOf))),
	row("Dates", doc{"month(date)", "The month, 1 to 12.",
		`month({Due date})`}, spans(Number, strict(monthOf))),
	row("Dates", doc{"quarter(date)", "The quarter, 1 to 4.",
		`quarter({Due date})`}, spans(Number, strict(quarterOf))),
	row("Dates", doc{"in_past(date, count, unit)", "True within the past so many units, today included; an interval needs to touch that time.",
		`in_past({Created}, 30, "day")`}, timeframe(evalPast)),
	row("Dates", doc{"in_next(date, count, unit)", "True within the next so many units, today included; an interval needs to touch that time.",
		`in_next({Due date}, 2, "week")`}, timeframe(evalNext)),
	row("Dates", doc{"in_this(date, unit)", "True within the current day, week (from Monday), month, quarter, half or year.",
		`in_this({Due date}, "quarter")`}, function{params: []want{wantSpan, wantUnit}, required: 2, result: Bool, eval: predicate(evalThis)}),
	row("Dates", doc{"overlaps(interval, from, to)", "True when an interval or a date touches the days from … to.",
		`overlaps({Timeline}, 2026-10-01, 2026-12-31)`}, function{params: []want{wantSpan, wantDate, wantDate}, required: 3, result: Bool, eval: predicate(overlaps)}),

	row("People", doc{"me()", "The name of the person who looks.",
		`{Owner} = me()`}, function{result: Text, eval: evalMe}),
}

// row completes a function with what people read; its name is the beginning of
// the signature.
func row(group string, d doc, f function) function {
	name, _, _ := strings.Cut(d.signature, "(")
	f.Function = Function{Name: name, Group: group, Signature: d.signature, Help: d.help, Example: d.example}
	return f
}

// doc is what people read of a function.
type doc struct{ signature, help, example string }

func numbers(required int, eval func(*machine, *node, *reg)) function {
	return function{params: []want{wantNumber}, required: required, repeat: 1, result: Number, eval: eval}
}

func operands(required, most int, eval func(*machine, *node, *reg)) function {
	params := make([]want, most) // wantOperand for each
	for i := range params {
		params[i] = wantOperand
	}
	return function{params: params, required: required, result: Number, eval: eval}
}

func texts(eval func(*machine, *node, *reg)) function {
	return function{params: []want{wantText}, required: 1, result: Text, eval: eval}
}

func spans(result Kind, eval func(*machine, *node, *reg)) function {
	return function{params: []want{wantSpan}, required: 1, result: result, eval: eval}
}

func timeframe(within func(m *machine, a []*reg, i int) bool) function {
	return function{params: []want{wantSpan, wantOperand, wantUnit}, required: 3, result: Bool, eval: predicate(within)}
}
