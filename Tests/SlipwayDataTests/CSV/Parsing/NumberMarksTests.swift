import Testing

@testable import SlipwayData

struct NumberMarksTests {
    private static let german = NumberMarks(decimal: ",", thousands: ".")
    private static let swiss = NumberMarks(decimal: ".", thousands: "’")
    private static let french = NumberMarks(decimal: ",", thousands: "\u{202F}")

    @Test(arguments: [
        (german, "1.234.567,89", "1234567.89"), (german, "-12,5", "-12.5"), (german, "1.000", "1000"),
        (german, "+999.999,0", "+999999.0"), (german, "1,5e3", "1.5e3"), (german, "7", "7"), (german, ",5", ".5"),
        (swiss, "1’234.5", "1234.5"), (french, "12\u{202F}345,6", "12345.6"), (NumberMarks(), "1234.5", "1234.5"),
        (german, "true", "true"), (german, "", ""),
    ])
    func marksBecomeThoseOfPrograms(_ marks: NumberMarks, _ text: String, _ plain: String) {
        #expect(marks.plain(text) == plain)
    }

    @Test(arguments: [
        (german, "1.23"), (german, "1.2345"), (german, "1234.567"), (german, ".123"), (german, "1..234"),
        (german, "1,234.567"), (german, "1,2,3"), (german, "1.234."), (NumberMarks(decimal: ","), "1.5"),
        (NumberMarks(), "1.2.3"),
    ])
    func marksInOtherPlacesAreNoNumber(_ marks: NumberMarks, _ text: String) { #expect(marks.plain(text) == nil) }
}
