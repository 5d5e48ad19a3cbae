import SlipwayData
import SlipwayTesting
import Testing

@testable import SlipwayConnectors

struct XMLElementTests {
    private static let listing = """
        <?xml version="1.0" encoding="UTF-8"?>
        <!-- a page -->
        <ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/">
          <Name>shop-data</Name><IsTruncated>true</IsTruncated><EncodingType>url</EncodingType>
          <NextContinuationToken>1&lt;&#x41;&#66;</NextContinuationToken>
          <Contents><Key>a+b/%C3%BC.csv</Key><Size>12</Size><ETag>&quot;0123456789abcdef0123456789abcdef&quot;</ETag></Contents>
          <Contents><Key><![CDATA[c.csv]]></Key><Size>0</Size><Owner/></Contents>
          <CommonPrefixes><Prefix>x/</Prefix></CommonPrefixes>
        </ListBucketResult>

        """

    @Test func aListingIsRead() throws {
        let page = try S3Listing(XMLElement(parsing: Array(Self.listing.utf8)))
        #expect(page.next == "1<AB")
        #expect(page.objects.map(\.key) == ["a b/ü.csv", "c.csv"])
        #expect(page.objects.map(\.byteCount) == [12, 0])
        #expect(page.objects[0].tag?.digest == "0123456789abcdef0123456789abcdef" && page.objects[1].tag == nil)
    }

    @Test func keysStandAsTheyAreWhereTheServerDoesNotEncodeThem() throws {
        let text = "<ListBucketResult><Contents><Key>a+b%41</Key><Size>1</Size></Contents></ListBucketResult>"
        #expect(try S3Listing(XMLElement(parsing: Array(text.utf8))).objects.map(\.key) == ["a+b%41"])
    }

    @Test(arguments: [
        "", " ", "text", "<a>", "<a></b>", "<a", "<a b></a>", "<a b=c></a>", "<a b='c></a>", "<a>&nbsp;</a>",
        "<a>&#x110000;</a>",
        "<a>&#xD800;</a>", "<a>&#+65;</a>", "<a>&", "<a/><b/>", "<a/>text", "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>",
        "<a><![CDATA[b</a>",
        "<a><!-- b</a>", "</a>", "<>", "<a></>",
    ])
    func whatIsNoDocumentIsRefused(text: String) {
        let error = #expect(throws: DataError.self) { try XMLElement(parsing: Array(text.utf8)) }
        #expect(error?.kind == .malformed)
    }

    @Test func aDocumentThatIsTooDeepOrTooWideIsRefused() {
        let deep = String(repeating: "<a>", count: 1_000_000)
        let wide = "<a>\(String(repeating: "<b/>", count: XMLElement.countMax))</a>"
        for text in [deep, wide] {
            let error = #expect(throws: DataError.self) { try XMLElement(parsing: Array(text.utf8)) }
            #expect(error?.kind == .limitExceeded)
        }
    }

    @Test(arguments: [
        "<Contents><Size>1</Size></Contents>", "<Contents><Key>a</Key></Contents>",
        "<Contents><Key>a</Key><Size>-1</Size></Contents>", "<Contents><Key>a</Key><Size>9e9</Size></Contents>",
        "<IsTruncated>true</IsTruncated>",
        "<EncodingType>url</EncodingType><Contents><Key>%C3</Key><Size>1</Size></Contents>",
        "<EncodingType>url</EncodingType><Contents><Key>%zz</Key><Size>1</Size></Contents>",
    ])
    func aListingThatLacksSomethingIsRefused(text: String) throws {
        let document = try XMLElement(parsing: Array("<ListBucketResult>\(text)</ListBucketResult>".utf8))
        let error = #expect(throws: DataError.self) { try S3Listing(document) }
        #expect(error?.kind == .malformed)
    }

    @Test func anyBytesAreReadOrRefused() {
        var numbers = SeededGenerator(seed: 20)
        let valid = Array(Self.listing.utf8)
        var readCount = 0
        for _ in 0..<4_000 {
            do {
                _ = try S3Listing(XMLElement(parsing: numbers.mutating(valid)))
                readCount += 1
            } catch {
                #expect([.malformed, .limitExceeded].contains(error.kind))
            }
        }
        #expect((1..<4_000).contains(readCount))
    }
}
