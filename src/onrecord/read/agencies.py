"""News agencies, as they sign a dateline."""


def _folded(names: str) -> frozenset[str]:
    return frozenset(" ".join(name.split()).casefold() for name in names.split(","))


_AGENCIES = _folded("""
AP, Associated Press, The Associated Press, Reuters, Reuter, Reuters Breakingviews, Reuters Health, Thomson Reuters
Foundation, AFP, Agence France-Presse, UPI, United Press International, dpa, TASS, Itar-Tass, RIA, RIA Novosti,
Sputnik, Interfax, Interfax-Ukraine, Interfax-AVN, Prime, Rossiya Segodnya, Ukrinform, UNIAN, Ukrainian News, BelTA,
Belapan, Moldpres, IPN, Armenpress, Arminfo, Azertac, Trend, Turan, Report, Kazinform, KazTAG, UzA, Kabar, AKIpress,
Khovar, Turkmenistan Today, Xinhua, China News Service, ECNS, CNA, Focus Taiwan, Kyodo, Kyodo News, Jiji, Jiji Press,
Yonhap, Newsis, KCNA, Montsame, VNA, Vietnam News Agency, Antara, Bernama, TNA, MCOT, AKP, KPL, PNA, PTI, ANI, IANS,
UNI, APP, INP, PPI, BSS, UNB, RSS, Khaama Press, Pajhwok, Tolo News, IRNA, MNA, Mehr, Mehr News, ISNA, Tasnim, Tasnim
News, Fars, FNA, Iran Press, ILNA, IRIB, Press TV, AA, Anadolu, Anadolu Agency, DHA, IHA, ANF, SANA, NNA, INA, NINA,
Shafaq News, Rudaw, Petra, WAFA, Ma'an, SPA, WAM, QNA, KUNA, BNA, ONA, Saba, MENA, LANA, SUNA, APS, TAP, MAP, AMI,
ENA, Fana, KNA, NAN, GNA, PANA, SAPA, AIM, Angop, APA, ANSA, AGI, Adnkronos, EFE, Europa Press, Lusa, Belga, ANP, NTB,
TT, Ritzau, STT, BNS, ELTA, LETA, PAP, CTK, ČTK, TASR, SITA, MTI, Agerpres, Mediafax, BTA, Tanjug, Beta, SRNA, FENA,
HINA, STA, MIA, Makfax, ATA, ANA, ANA-MPA, AMNA, SDA, ATS, Keystone-SDA, Swissinfo, AAP, Australian Associated Press,
NZPA, NZN, CP, The Canadian Press, Canadian Press, Notimex, Prensa Latina, PL, Telam, Télam, DyN, Agencia Brasil,
Agência Brasil, ABr, Andina, ABI, AVN, ACN, Colprensa, Bloomberg, Bloomberg News, Dow Jones, MarketWatch, CNN, CNN
Business, CNNMoney, BBC, BBC News, NBC News, CBS News, ABC News, Fox News, CNBC, NPR, VOA, RFE/RL, RFI, DW, RT, Al
Jazeera, Euronews, USA TODAY, Inter Press Service, IPS, IRIN, The New Humanitarian, UN News, Zenit, Fides, CNS,
Catholic News Service, JTA, RNS, Religion News Service, CWNews, TNS, Tribune News Service, McClatchy, Knight Ridder,
Cox News Service, Scripps, PRNewswire, PRNewswire-USNewswire, Business Wire, GLOBE NEWSWIRE, Marketwired, ACCESSWIRE,
CNW, MaltaToday, Novinite, Kyiv Post, The Moscow Times, Meduza, News Agencies, Combined Dispatches
""")

# Between commas ("Tehran, IRNA –") these mean something else far too often to be read as an agency.
_COMMON_WORDS = _folded("report,prime,trend,beta,map,tap,aim,ana,ina,rss,ips,app,apa,uni,sta,saba,pl,petra")


def is_agency(name: str) -> bool:
    """An agency's name or short form, as it stands between brackets or strokes; any case."""
    return " ".join(name.split()).casefold() in _AGENCIES


def is_agency_unmarked(name: str) -> bool:
    """The same without the brackets: the short forms that are common words do not count."""
    return is_agency(name) and name.casefold() not in _COMMON_WORDS and name[0].isupper()
