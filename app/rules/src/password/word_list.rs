//! The words of `common`: data only. In lower case, a space between two; each word once.
//!
//! Written by hand. To add one, put it where it belongs; the tests find doubles and see that all of them are refused.

/// In groups, so that a double is easily seen.
pub(super) const WORDS: &[&str] =
    &[ACCESS, LIKED, ANIMALS_AND_FOOD, SEASONS, JAPANESE, NAMES, PLACES, MACHINES, CLUBS, FIGURES, KEYS];

const ACCESS: &str = "\
    pass password passwd passcode passphrase passport pword pswd secret secrets login logon \
    signin account access admin administrator root user username userid member guest test tester \
    testing demo sample default system server internet network computer windows mobile phone \
    email mail webmail google yahoo amazon apple iphone android microsoft facebook twitter \
    instagram youtube docomo softbank rakuten letmein openup opensesame welcome hello goodbye \
    trustme changeme change master security secure private public insurance insure policy \
    contract customer service support company office business online website portal mypage \
    mypassword mypass mysecret nopassword temp temporary initial newpassword oldpassword hoken \
    keiyaku";

const LIKED: &str = "\
    love lover lovely loveme loveyou iloveyou ilovejapan ilovebike lovelove heart happy smile \
    lucky luckyday peace dream dreamer dreams angel devil heaven hell star stars starlight \
    sunshine sunset sunrise sunny moon moonlight shadow light lightning thunder storm rainbow \
    ocean river mountain flower flowers rose cherry blossom forest diamond crystal silver golden \
    gold platinum purple orange yellow green white black blue pink red king queen prince \
    princess knight wizard magic magical warrior soldier hunter killer ninja samurai shogun \
    sensei captain boss chief legend hero superman batman spiderman ironman avengers starwars \
    matrix pokemon pikachu mario zelda sonic doraemon totoro gundam evangelion onepiece naruto \
    dragonball sailormoon conan anpanman hellokitty mickey minnie disney snoopy family friend \
    friends forever together freedom liberty victory winner power powerful energy future success \
    money million cash bank music guitar piano rock jazz metal dance dancer singer movie game \
    gamer player football soccer baseball basketball tennis golf rugby surfing snowboard skiing \
    fishing camping hiking running cycling travel traveler journey adventure holiday vacation \
    weekend birthday anniversary christmas halloween baby babygirl sweet sweetie honey darling \
    cookie cool awesome perfect whatever nothing something anything everything";

const ANIMALS_AND_FOOD: &str = "\
    dragon tiger lion eagle hawk falcon phoenix wolf bear panda monkey gorilla horse pony \
    pegasus unicorn rabbit bunny kitty kitten puppy doggy snake cobra shark dolphin penguin \
    turtle butterfly spider chicken banana apples lemon peach strawberry grape melon mango \
    pineapple coffee espresso chocolate vanilla caramel cheese butter pizza pasta burger sushi \
    ramen udon tempura onigiri mochi matcha sake beer whisky whiskey vodka wine sugar pepper \
    ginger pumpkin potato inu neko usagi kuma tora ryuu kitsune tanuki saru shika risu hamster \
    koinu koneko wanko nyanko nyanta hiyoko kamome tsubame suzume karasu ringo mikan ichigo momo \
    budou suika sakuranbo kaki natto tofu curry karaage gyoza yakiniku okonomiyaki takoyaki \
    daifuku anko dango";

const SEASONS: &str = "\
    spring summer autumn fall winter january february march april may june july august september \
    october november december monday tuesday wednesday thursday friday saturday sunday haru \
    natsu aki fuyu ichigatsu nigatsu sangatsu shigatsu gogatsu rokugatsu shichigatsu hachigatsu \
    kugatsu juugatsu getsuyoubi kayoubi suiyoubi mokuyoubi kinyoubi doyoubi nichiyoubi hanami \
    hanabi matsuri tanabata oshougatsu shougatsu natsuyasumi showa heisei reiwa taisho meiji \
    today tomorrow yesterday morning night midnight";

const JAPANESE: &str = "\
    sakura himawari tanpopo ajisai asagao tsubaki kosumosu momiji kaede hinata hikari sora umi \
    kawa yama mori kaze yuki ame kumo hoshi tsuki taiyou taiyo niji hana hanabira kokoro \
    tamashii kizuna yume kibou shiawase kiseki mirai eien arigatou arigato konnichiwa ohayou \
    oyasumi sayonara ganbare ganbaru daisuki aishiteru suki tomodachi kazoku okaasan otousan \
    oniisan oneesan musume musuko akachan kodomo gakusei gakkou daigaku kaisha shigoto densha \
    jitensha kuruma baiku otoko onna inochi chikara yuuki makoto shinjitsu jiyuu heiwa bushido \
    bushidou karate judo kendo aikido sumo manga anime otaku kawaii sugoi genki banzai kamikaze \
    fujisan fuji nippon nihon japan japanese yamato shinobi kabuki geisha maiko onsen karaoke \
    pachinko aiueo kakikukeko himitsu angou anshou bangou pasuwado pasuwaado namae watashi boku \
    oreore anata yoroshiku omedetou nakayoshi hajimete watashino bokuno";

const NAMES: &str = "\
    sato satou suzuki takahashi tanaka ito itou watanabe yamamoto nakamura kobayashi kato katou \
    yoshida yamada sasaki yamaguchi matsumoto inoue kimura hayashi saito saitou shimizu yamazaki \
    ikeda hashimoto abe ishikawa yamashita nakajima maeda fujita ogawa goto gotou okada hasegawa \
    murakami kondo kondou ishii sakamoto endo endou aoki fujii nishimura fukuda ota oota miura \
    fujiwara okamoto matsuda nakagawa nakano harada ono tamura takeuchi kaneko wada nakayama \
    ishida ueda morita hara shibata sakai kudo yokoyama miyazaki miyamoto uchida takagi ando \
    andou taniguchi ohno maruyama imai takada fujimoto takeda murata ueno sugiyama masuda hirano \
    otsuka chiba kubo matsui kojima iwasaki sakurai kinoshita noguchi matsuo nomura kikuchi sano \
    onishi sugimoto arai taro tarou jiro jirou saburo ichiro ichirou hanako takashi hiroshi \
    kenji kenichi kazuya takuya tatsuya tetsuya naoki daisuke kenta shota shouta sho ren hiroto \
    haruto sota souta minato riku kaito ryota ryouta yuto yuuto hayato satoshi akira osamu \
    minoru shigeru isamu noboru manabu masaru kiyoshi hideki masashi toshio kazuo yoshio mitsuo \
    keiko kazuko yoshiko sachiko noriko tomoko yumiko naoko mayumi kumiko akemi emi miho miki \
    yuka yui aoi rin mei hina misaki nanami ayaka haruka asuka chihiro kaori shiori saori megumi \
    satomi akiko ayumi natsumi michael jennifer jessica ashley daniel andrew thomas jordan \
    robert charlie george william michelle nicole anthony matthew joshua maggie oliver amanda \
    samantha alexander david kevin steven richard patrick martin sophie emily hannah natalie \
    victoria";

const PLACES: &str = "\
    tokyo toukyou osaka oosaka kyoto kyouto nagoya sapporo fukuoka kobe koube yokohama saitama \
    sendai hiroshima okinawa hokkaido hokkaidou aomori akita iwate miyagi yamagata fukushima \
    ibaraki tochigi gunma kanagawa niigata toyama kanazawa fukui yamanashi nagano gifu shizuoka \
    aichi mie shiga hyogo nara wakayama tottori shimane okayama tokushima kagawa ehime kochi \
    saga nagasaki kumamoto oita kagoshima shibuya shinjuku ikebukuro akihabara asakusa ginza \
    roppongi harajuku umeda namba shinsaibashi tennouji hakata kamakura enoshima hakone nikko \
    atami izu suzuka motegi asia europe america hawaii london paris newyork california texas \
    italy france germany brazil china korea";

const MACHINES: &str = "\
    honda yamaha kawasaki ducati harley davidson harleydavidson triumph vespa aprilia bimota \
    norton bmw ktm indian guzzi husqvarna benelli cagiva motoguzzi royalenfield piaggio peugeot \
    toyota nissan mazda subaru lexus mitsubishi daihatsu isuzu ferrari porsche mercedes \
    lamborghini mustang camaro corvette skyline fairlady civic accord prius supercub cub dax \
    goldwing africatwin fireblade hornet rebel transalp nighthawk cbr vfr cbx nsr mbx tmax serow \
    vmax dragstar virago majesty jog vino sr400 sr500 xjr yzf yzfr1 yzfr6 mt07 mt09 fz750 rz250 \
    ninja250 ninja400 zephyr balius zrx gpz zxr z900rs vulcan eliminator estrella hayabusa \
    katana gsxr gsx bandit burgman skywave address intruder gladius vstrom inazuma sportster \
    softail fatboy nightster roadking electraglide streetglide ironhorse monster panigale \
    scrambler multistrada hypermotard bonneville thruxton daytona speedtriple lambretta moped \
    scooter bike biker bikes mybike motorbike motorcycle motorsport motogp motocross superbike \
    rider riders rideon easyrider touring tourer racer racing engine turbo throttle exhaust \
    helmet highway roadster chopper bobber caferacer wheelie twowheels nirin nirinsha bousouzoku \
    hashiriya rossi valentino marquez stoner lorenzo";

const CLUBS: &str = "\
    arsenal chelsea liverpool everton manchester manutd mancity tottenham barcelona realmadrid \
    atletico juventus acmilan internazionale bayern dortmund ajax benfica celtic rangers united \
    antlers kashima urawa reds kashiwa reysol frontale marinos grampus gamba cerezo vissel \
    sanfrecce avispa consadole vegalta bellmare spulse jubilo sagantosu shonan verdy gammaosaka \
    fctokyo montedio albirex ventforet giants yomiuri tigers hanshin dragons chunichi swallows \
    yakult carp baystars fighters nipponham eagles marines lotte buffaloes orix hawks lions \
    seibu yankees dodgers redsox mariners angels lakers bulls celtics warriors cowboys steelers \
    packers samuraiblue nadeshiko ohtani shohei matsuyama kazu";

const FIGURES: &str = "\
    zero ichi ni san yon go roku nana hachi kyuu juu hyaku sen two three four five six seven \
    eight nine ten hundred thousand first second third alpha beta gamma delta omega sigma theta \
    victor tango bravo echo foxtrot kilo lima papa romeo sierra xray yankee zulu";

const KEYS: &str = "\
    qwerty qwertyui qwertyuiop qwert azerty asdf asdfgh asdfghjk asdfghjkl zxcvbn zxcvbnm qazwsx \
    qazwsxedc wsxedc 1qaz2wsx 1qazxsw2 zaq12wsx zaq1xsw2 1q2w3e 1q2w3e4r 1q2w3e4r5t q1w2e3 \
    q1w2e3r4 a1s2d3f4 a1b2c3 a1b2c3d4 abc abcd abcde abcdef abc123 aabbcc abcabc xyz xxx aaa zzz \
    123abc 123qwe qwe123 asd123 zxc123 1qaz!qaz 1qaz@wsx !qaz2wsx !qaz@wsx zaq!2wsx qweasd \
    qweasdzxc asdzxc poiuytrewq lkjhgfdsa mnbvcxz yxcvbnm tgbyhn rfvtgb ujmyhn plokij okmijn";
