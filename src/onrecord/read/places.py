"""Names of places as they stand in datelines: cities, countries, states, and the shape of a place name.

No gazetteer is complete, so most places are known by their shape and by what stands beside them (a date, an agency).
The lists serve where the shape is not enough: "London — The" against "Updated — The". Countries and capitals are
facts from the CIA World Factbook (public domain); the other cities are those reporters file from most.
"""

import re
import unicodedata


def place_key(name: str) -> str:
    """The form names are compared in: no accents, capitals or dots, hyphens and any white space as one space."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    bare = bare.casefold().replace(".", "").replace("’", "'").replace("-", " ")
    return " ".join(bare.split())


def _keys(names: str) -> frozenset[str]:
    return frozenset(place_key(name) for name in names.split(","))


CITY_STATES = _keys("""
Djibouti, Gibraltar, Hong Kong, Luxembourg, Macau, Macao, Monaco, San Marino, Singapore, Vatican City, Vatican, United
Nations, Panama City, Kuwait City, Guatemala City, Mexico City, Gaza City, Gaza, Guantanamo, West Bank
""")

COUNTRIES = _keys("""
Afghanistan, Albania, Algeria, American Samoa, Andorra, Angola, Anguilla, Antarctica, Antigua, Antigua and Barbuda,
Argentina, Armenia, Aruba, Australia, Austria, Azerbaijan, Bahamas, The Bahamas, Bahrain, Bangladesh, Barbados,
Belarus, Belgium, Belize, Benin, Bermuda, Bhutan, Bolivia, Bosnia, Bosnia and Herzegovina, Bosnia-Herzegovina,
Botswana, Brazil, British Virgin Islands, British West Indies, Brunei, Bulgaria, Burkina Faso, Burma, Burundi, Cabo
Verde, Cambodia, Cameroon, Canada, Cape Verde, Cayman Islands, Central African Republic, Chad, Chile, China, Colombia,
Comoros, Congo, Cook Islands, Costa Rica, Cote d'Ivoire, Croatia, Cuba, Curacao, Cyprus, Czechia, Czech Republic,
Czechoslovakia, Denmark, Djibouti, Dominica, Dominican Republic, DRC, East Germany, East Timor, Ecuador, Egypt, El
Salvador, England, Equatorial Guinea, Eritrea, Estonia, Eswatini, Ethiopia, Falkland Islands, Faroe Islands, Fiji,
Finland, France, French Guiana, French Polynesia, Gabon, Gambia, The Gambia, Gaza, Gaza Strip, Georgia, Germany,
Ghana, Great Britain, Greece, Greenland, Grenada, Guadeloupe, Guam, Guatemala, Guinea, Guinea-Bissau, Guyana, Haiti,
Holy See, Honduras, Hungary, Iceland, India, Indonesia, Iran, Iraq, Ireland, Isle of Man, Israel, Italy, Ivory Coast,
Jamaica, Japan, Jersey, Jordan, Kashmir, Kazakhstan, Kenya, Kiribati, Kosovo, Kurdistan, Kuwait, Kyrgyzstan, Laos,
Latvia, Lebanon, Lesotho, Liberia, Libya, Liechtenstein, Lithuania, Luxembourg, Macedonia, Madagascar, Malawi,
Malaysia, Maldives, Mali, Malta, Marshall Islands, Martinique, Mauritania, Mauritius, Mexico, Micronesia, Moldova,
Monaco, Mongolia, Montenegro, Montserrat, Morocco, Mozambique, Myanmar, Namibia, Nauru, Nepal, Netherlands, The
Netherlands, New Caledonia, New Zealand, Nicaragua, Niger, Nigeria, North Korea, North Macedonia, Northern Ireland,
Northern Mariana Islands, Norway, Oman, Pakistan, Palau, Palestine, Occupied West Bank, Occupied East Jerusalem,
Panama, Papua New Guinea, Paraguay, Peru, Philippines, The Philippines, Poland, Portugal, Puerto Rico, Qatar, Romania,
Russia, Russian Federation, Rwanda, Samoa, Saudi Arabia, Scotland, Senegal, Serbia, Seychelles, Sierra Leone,
Slovakia, Slovenia, Solomon Islands, Somalia, South Africa, South Korea, South Sudan, Soviet Union, Spain, Sri Lanka,
Sudan, Suriname, Svalbard, Swaziland, Sweden, Switzerland, Syria, Taiwan, Tajikistan, Tanzania, Thailand, Timor-Leste,
Togo, Tonga, Trinidad, Trinidad and Tobago, Tunisia, Turkey, Turkiye, Turkmenistan, Tuvalu, UAE, UK, U.K., US, U.S.,
USA, USSR, Uganda, Ukraine, United Arab Emirates, United Kingdom, United States, Uruguay, Uzbekistan, Vanuatu,
Venezuela, Vietnam, Virgin Islands, Wales, West Bank, West Germany, Western Sahara, Yemen, Yugoslavia, Zambia,
Zimbabwe
""")

STATES = _keys("""
Alabama, Ala, Alaska, Arizona, Ariz, Arkansas, Ark, California, Calif, Colorado, Colo, Connecticut, Conn, Delaware,
Del, Florida, Fla, Georgia, Ga, Hawaii, Idaho, Illinois, Ill, Indiana, Ind, Iowa, Kansas, Kan, Kentucky, Ky,
Louisiana, La, Maine, Maryland, Md, Massachusetts, Mass, Michigan, Mich, Minnesota, Minn, Mississippi, Miss, Missouri,
Mo, Montana, Mont, Nebraska, Neb, Nevada, Nev, New Hampshire, New Jersey, New Mexico, New York, North Carolina, North
Dakota, Ohio, Oklahoma, Okla, Oregon, Ore, Pennsylvania, Pa, Penn, Rhode Island, South Carolina, South Dakota,
Tennessee, Tenn, Texas, Tex, Utah, Vermont, Vt, Virginia, Va, Washington, Wash, West Virginia, W Va, Wisconsin, Wis,
Wisc, Wyoming, Wyo, D.C., N.H., N.J., N.M., N.Y., N.C., N.D., R.I., S.C., S.D., W.Va., P.R., AL, AK, AZ, AR, CA, CO,
CT, DE, FL, HI, ID, IL, IA, KS, ME, MA, MI, MN, MS, MT, NE, NV, OK, OR, SD, TN, TX, UT, WI, WY, Alberta, British
Columbia, B.C., Manitoba, New Brunswick, Newfoundland, Nova Scotia, Ontario, Ont, Quebec, Que, Prince Edward Island,
Saskatchewan, Sask, Yukon, Northwest Territories, Nunavut, New South Wales, Queensland, Tasmania, Western Australia,
South Australia, Crimea, Chechnya, Dagestan, Ingushetia, North Ossetia, South Ossetia, Abkhazia, Nagorno-Karabakh,
Transnistria, Siberia, Sicily, Sardinia, Corsica, Catalonia, Bavaria, Saxony, Tibet, Xinjiang, Inner Mongolia,
Guangdong, Sichuan, Yunnan, Hainan, Punjab, Sindh, Balochistan, Gujarat, Kerala, Tamil Nadu, Uttar Pradesh, Bihar,
Assam, Okinawa, Hokkaido, Bali, Aceh, Papua, Mindanao, Indian-administered Kashmir, Pakistan-administered Kashmir,
Indian-controlled Kashmir, Golan Heights, Sinai, Sinai Peninsula, Darfur, Kurdish Region, Iraqi Kurdistan, Grand
Cayman, Donbas, Mediterranean Sea, Vatican City
""")

CITIES = CITY_STATES | _keys("""
Aachen, Aberdeen, Abidjan, Abu Dhabi, Abuja, Acapulco, Accra, Adana, Addis Ababa, Adelaide, Aden, Agadez, Agra,
Ahmedabad, Al-Tanf, Aleppo, Alexandria, Algiers, Allahabad, Almaty, Amman, Amritsar, Amsterdam, Anchorage, Andijan,
Ankara, Antakya, Antalya, Antananarivo, Antwerp, Apia, Arbil, Arusha, Ashgabat, Ashkhabad, Asmara, Astana, Asuncion,
Athens, Auckland, Avdiivka, Baden-Baden, Baghdad, Baghouz, Bahrain, Bakhmut, Baku, Balad, Bamako, Bandar Seri Begawan,
Bandung, Bangalore, Bangkok, Bangui, Banjul, Barcelona, Bari, Basel, Basle, Basra, Batumi, Beersheba, Beijing, Beira,
Beirut, Belem, Belfast, Belgorod, Belgrade, Belmopan, Bengaluru, Benghazi, Berdyansk, Bergen, Berlin, Bern, Berne,
Bethlehem, Bhopal, Biarritz, Bilbao, Birmingham, Bishkek, Bissau, Bloemfontein, Bogota, Bologna, Bombay, Bonn,
Bordeaux, Brasilia, Bratislava, Brazzaville, Bremen, Bridgetown, Brindisi, Brisbane, Bristol, Brno, Bruges, Brussels,
Bucha, Bucharest, Budapest, Buenos Aires, Bujumbura, Bulawayo, Busan, Cairo, Calais, Calcutta, Calgary, Cali,
Canberra, Cancun, Cannes, Canton, Cape Town, Caracas, Cardiff, Cartagena, Casablanca, Cebu, Chandigarh, Changsha,
Chengdu, Chennai, Chernihiv, Chernobyl, Chiang Mai, Chisinau, Chittagong, Chongqing, Christchurch, Ciudad Juarez,
Cologne, Colombo, Conakry, Copenhagen, Cotonou, Cox's Bazar, Crans-Montana, Cucuta, Dakar, Dalian, Damascus, Dar es
Salaam, Darwin, Davao, Davos, Deir el-Zour, Delhi, Derry, Dhahran, Dhaka, Dili, Diyarbakir, Dnipro, Dodoma, Doha,
Donetsk, Dortmund, Douala, Dresden, Dubai, Dublin, Durban, Dushanbe, Dusseldorf, Duesseldorf, Edinburgh, Edmonton,
Eilat, Eindhoven, Entebbe, Erbil, Essen, Faisalabad, Fallujah, Florence, Fortaleza, Frankfurt, Freetown, Fukuoka,
Fukushima, Fuzhou, Gaborone, Galway, Gaziantep, Gdansk, Geneva, Genoa, Georgetown, Ghent, Glasgow, Goa, Goma,
Gothenburg, Grozny, Guadalajara, Guangzhou, Guayaquil, Guwahati, Haifa, Haiphong, Halifax, Hamburg, Hangzhou, Hanoi,
Hanover, Harare, Harbin, Hargeisa, Havana, Hebron, Helsinki, Herat, Hiroshima, Ho Chi Minh City, Homs, Honiara,
Hyderabad, Ibadan, Idlib, Incheon, Innsbruck, Irkutsk, Isfahan, Islamabad, Istanbul, Izmir, Jaffna, Jaipur, Jakarta,
Jalalabad, Jeddah, Jenin, Jerusalem, Johannesburg, Juba, Kabul, Kaduna, Kaliningrad, Kampala, Kandahar, Kano, Karachi,
Karlsruhe, Kathmandu, Katowice, Kazan, Kharkiv, Kharkov, Khartoum, Kherson, Kiev, Kigali, Kingston, Kingstown,
Kinshasa, Kirkuk, Kisangani, Kobani, Kobe, Kolkata, Krakow, Kramatorsk, Krasnodar, Kuala Lumpur, Kunduz, Kunming,
Kursk, Kuwait, Kyiv, Kyoto, La Paz, Lagos, Lahore, Las Palmas, Lausanne, Leeds, Leicester, Leipzig, Leningrad,
Libreville, Liege, Lille, Lilongwe, Lima, Limassol, Linz, Lisbon, Liverpool, Ljubljana, Lome, London, Luanda, Lucerne,
Lucknow, Lugano, Luhansk, Lusaka, Luxor, Lviv, Lvov, Lyon, Madras, Madrid, Malabo, Malaga, Male, Malmo, Managua,
Manama, Manaus, Manchester, Mandalay, Manila, Maputo, Marawi, Mariupol, Marrakech, Marrakesh, Marseille, Marseilles,
Maseru, Mashhad, Mazar-i-Sharif, Mbabane, Mecca, Medellin, Medina, Melbourne, Melitopol, Mexicali, Milan, Minsk,
Misrata, Mogadishu, Mombasa, Monrovia, Monte Carlo, Monterrey, Montevideo, Montreal, Montreux, Moroni, Moscow, Mosul,
Multan, Mumbai, Munich, Murmansk, Muscat, Mykolaiv, N'Djamena, Nablus, Nagasaki, Nagoya, Nagpur, Nairobi, Nanjing,
Naples, Nassau, Naypyidaw, Naypyitaw, Nazareth, New Delhi, Newcastle, Niamey, Nice, Nicosia, Nouakchott, Nottingham,
Noumea, Novosibirsk, Nuku'alofa, Nuremberg, Nuuk, Odesa, Odessa, Osaka, Oslo, Ottawa, Ouagadougou, Oxford, Pago Pago,
Palermo, Palmyra, Papeete, Paramaribo, Paris, Patna, Perth, Peshawar, Phnom Penh, Phuket, Pisa, Podgorica, Port
Harcourt, Port Louis, Port Moresby, Port of Spain, Port Stanley, Port-au-Prince, Port-Vila, Porto, Porto Alegre,
Porto-Novo, Poznan, Prague, Praia, Pretoria, Pristina, Pune, Pyongyang, Quebec City, Quetta, Quito, Rabat, Rafah,
Ramadi, Ramallah, Rangoon, Raqqa, Rawalpindi, Recife, Regina, Rennes, Reykjavik, Riga, Rio de Janeiro, Riyadh, Rome,
Rosario, Rostock, Rostov-on-Don, Rotterdam, Saint-Denis, Saint Petersburg, Salvador, Salzburg, Samara, Samarkand, San
Juan, San Pedro Sula, San Salvador, Sana'a, Sanaa, Santiago, Santo Domingo, Sao Paulo, Sapporo, Sarajevo, Sderot,
Sendai, Seoul, Sevastopol, Seville, Shanghai, Sharjah, Sharm el-Sheikh, Shenyang, Shenzhen, Shimla, Sheffield,
Simferopol, Sirte, Skopje, Sochi, Sofia, Southampton, Split, Srinagar, Stavanger, Strasbourg, Stuttgart, Sucre,
Surabaya, Suva, Suzhou, Sydney, Tabriz, Taipei, Tallinn, Tangier, Tashkent, Tbilisi, Tegucigalpa, Tehran, Teheran, Tel
Aviv, The Hague, Thessaloniki, Thimphu, Tianjin, Tijuana, Tikrit, Timbuktu, Tirana, Tiraspol, Tobruk, Tokyo, Toronto,
Toulouse, Trieste, Tripoli, Trondheim, Tunis, Turin, Ufa, Ulaanbaatar, Ulan Bator, Urumqi, Utrecht, Vaduz, Valencia,
Valletta, Valparaiso, Vancouver, Varanasi, Varna, Venice, Vienna, Vientiane, Vilnius, Vladivostok, Volgograd, Warsaw,
Wellington, Windhoek, Winnipeg, Wroclaw, Wuhan, Xi'an, Yalta, Yamoussoukro, Yangon, Yaounde, Yekaterinburg, Yerevan,
Yokohama, Zagreb, Zaporizhzhia, Zhengzhou, Zurich, Akron, Albany, Albuquerque, Amarillo, Ann Arbor, Annapolis,
Arlington, Aspen, Atlanta, Atlantic City, Augusta, Austin, Bakersfield, Baltimore, Baton Rouge, Bismarck, Boise,
Boston, Boulder, Brooklyn, Brownsville, Buffalo, Burlington, Cambridge, Camp David, Cape Canaveral, Charleston,
Charlotte, Charlottesville, Chattanooga, Cheyenne, Chicago, Cincinnati, Cleveland, Colorado Springs, Columbia,
Columbus, Concord, Dallas, Dayton, Denver, Des Moines, Detroit, Duluth, El Paso, Fargo, Ferguson, Flint, Fort Worth,
Fresno, Grand Rapids, Green Bay, Greensboro, Harrisburg, Hartford, Honolulu, Houston, Huntsville, Indianapolis, Iowa
City, Jackson, Jacksonville, Jersey City, Joliet, Kansas City, Knoxville, Laredo, Las Vegas, Lexington, Lincoln,
Little Rock, Long Beach, Los Angeles, Louisville, Lubbock, Madison, Manhattan, McAllen, Memphis, Miami, Miami Beach,
Milwaukee, Minneapolis, Minot, Mobile, Montgomery, Mountain View, Nashville, Newport News, New Haven, New Orleans, New
York, New York City, Newark, Norfolk, Oakland, Oklahoma City, Omaha, Orlando, Palm Beach, Palo Alto, Pasadena,
Pensacola, Peoria, Philadelphia, Phoenix, Pittsburgh, Portland, Providence, Raleigh, Reno, Richmond, Roanoke,
Rochester, Sacramento, Salt Lake City, San Antonio, San Bernardino, San Diego, San Francisco, San Jose, Santa Fe,
Savannah, Scranton, Seattle, Selma, Shreveport, Silicon Valley, Sioux City, Sioux Falls, South Bend, Spokane,
Springfield, St. Louis, St. Paul, St. Petersburg, Syracuse, Tallahassee, Tampa, Toledo, Topeka, Trenton, Tucson,
Tulsa, Washington, Washington D.C., Washington DC, West Palm Beach, Wichita, Wilmington, Youngstown
""")

SURNAMES = _keys("""
Albany, Austin, Beira, Bristol, Charlotte, Cleveland, Columbia, Concord, Dallas, Ferguson, Florence, Flint,
Georgetown, Houston, Jackson, Kingston, Lincoln, Madison, Mobile, Montgomery, Nice, Norfolk, Phoenix, Providence,
Regina, Salvador, Savannah, Selma, Split, Springfield, Sucre, Valencia
""")
"""Cities that as often are a speaker or a word: too little by themselves."""

SPEAKERS = SURNAMES | _keys("London, Paris, Lima, Sofia, Sydney, Vienna, Washington, Wellington")
"""Those that before a colon may be a speaker in a transcript."""

_PLACE_WORDS = _keys("""
Air Base, Airport, Atoll, Base, Bay, Beach, Camp, Cape, City, Ciudad, County, El, Falls, Fort, Ft, Grand, Great,
Heights, Harbor, Hills, Island, Islands, La, Lake, Las, Los, Mount, Mt, New, North, Palm, Peninsula, Port, Porto,
Puerto, Rio, Saint, Salt, San, Santa, Santo, Sao, South, Spring, Springs, St, Ste, Township, Valley, West, East
""")
"""Words that make an unknown name that of a place, at either end of it."""

_NOT_IN_PLACES = _keys("""
advisory, alert, analysis, announcement, audio, background, blog, board, breaking, brief, briefing, briefs, bulletin,
by, caption, chart, close, closing, column, comment, commentary, committee, company, conference, contact, copyright,
corp, correct, corrected, correction, coverage, credit, daily, developing, diary, download, editorial, editors,
embargo, embargoed, enquiries, essay, events, exclusive, explainer, fact, fax, feature, file, final, fixture,
fixtures, flash, full, fund, gallery, gradings, graphic, headlines, headline, heard, highlights, illustration, image,
immediate, inc, interview, just, latest, lead, letter, list, live, ltd, media, modified, morning, news, newsletter,
note, notice, office, official, on, opinion, panel, party, photo, photographer, photos, picture, pictures, plc,
podcast, poll, posted, preliminary, press, preview, profile, published, quote, read, reader, recap, refile, related,
release, remarks, repeat, report, reports, review, rpt, schedule, section, see, share, source, sources, special,
speech, staff, statement, story, subscribe, summary, survey, text, the latest, timeline, title, today, tomorrow,
topic, tonight, topics, transcript, update, updated, updates, upd, urgent, video, view, watch, week, weekly, what,
when, where, who, why, wire, wrap, wrapup, writer, yesterday, he, she, it, we, they, i, you, this, that, these, those,
there, here, but, if, so, as, not, is, was, are, were, has, had, said, says, for, from, with, to, a, an, no, yes, how,
president, minister, secretary, senator, sen, rep, gov, governor, mr, mrs, ms, dr, chairman, director, monday,
tuesday, wednesday, thursday, friday, saturday, sunday, mon, tue, wed, thu, fri, january, february, march, april,
june, july, august, september, october, november, december, jan, feb, apr, jun, jul, aug, sept, sep, oct, nov, dec,
am, pm, gmt, est, edt, utc, democrat, democrats, republican, republicans, ministry, department, agency, group,
association, index, futures, prices, rates, shares, bonds, exchange, exchs, total, totals, fob, bids
""")

# A name's words: letters with the inner marks names have (Coeur d'Alene, Port-au-Prince, St., Sana'a).
_WORD = re.compile(r"[^\W\d_]+(?:['’\-.][^\W\d_]+)*[.'’]?")
# Words inside a name that may begin small: ABU al-KHASIB, COEUR d'ALENE, STOKE on TRENT, Dar es Salaam.
_SMALL_WORDS = _keys("al,an,and,da,das,de,del,der,des,di,do,du,el,en,es,la,las,le,les,los,of,on,sur,the,upon")
_ABBREVIATED = re.compile(r"(?:St|Ste|Mt|Ft|Pt|[A-Z](?:\.[A-Z])*)\.", re.IGNORECASE)
_SMALL_STARTS = ("al-", "d'", "d’", "el-", "l'", "l’", "as-", "ash-", "ad-")


def is_city(name: str) -> bool:
    """A city, or a country small enough that reporters file from it by its name alone."""
    return place_key(name) in CITIES


def is_region(name: str) -> bool:
    """A country, state or province: what stands after a city, behind the comma."""
    key = place_key(name)
    return key in COUNTRIES or key in STATES


def has_place_word(name: str) -> bool:
    """Fort Pierce, Midway Atoll, San Angelo: two words or more, one end of them says that it is a place."""
    words = place_key(name).split()
    return len(words) > 1 and (words[0] in _PLACE_WORDS or words[-1] in _PLACE_WORDS)


def is_upper(name: str) -> bool:
    """Set in capitals, as headers are, but for a small word or prefix (Al ASAD AIR BASE, McLEAN)."""
    letters = [c for c in name if c.isalpha()]
    return sum(c.isupper() for c in letters) > 0.7 * len(letters) and len(letters) > 2


def place_shaped(name: str) -> bool:
    """A known name, or one to five words with capitals, none of them a word that no place is called by."""
    if is_city(name) or is_region(name):
        return True
    words = name.split()
    if not 1 <= len(words) <= 5 or len(name) > 40 or not (words[0][0].isupper() or words[0] == "the"):
        return False
    if not all(_WORD.fullmatch(word) and _begins_right(word) for word in words):
        return False
    if any(word.endswith(".") and not _ABBREVIATED.fullmatch(word) for word in words[:-1]):
        return False  # a sentence ends there
    return not any(place_key(word) in _NOT_IN_PLACES for word in words)


def _begins_right(word: str) -> bool:
    return word[0].isupper() or word in _SMALL_WORDS or word.startswith(_SMALL_STARTS)
