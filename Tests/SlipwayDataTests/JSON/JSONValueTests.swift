import SlipwayData
import Testing

struct JSONValueTests {
    @Test(arguments: [
        (JSONValue.null, "null"), (.boolean(true), "a boolean"), (.integer(1), "a number"), (.number(0.5), "a number"),
        (.string(""), "a string"), (.array([]), "an array"), (.object([:]), "an object"),
    ])
    func aKindIsNamedAsASentenceNamesIt(value: JSONValue, phrase: String) {
        #expect(value.kindPhrase == phrase)
    }
}
