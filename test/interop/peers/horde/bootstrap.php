<?php
// Around the Debian package php-horde-activesync: autoloader, sqlite state, driver.
error_reporting(E_ALL & ~E_DEPRECATED & ~E_STRICT & ~E_WARNING & ~E_NOTICE);
ini_set('display_errors', '0');
$lab = getenv('HORDE_STATE') ?: die("HORDE_STATE: the folder for the database\n");
spl_autoload_register(function ($class) {
    $f = '/usr/share/php/' . str_replace(array('\\', '_'), '/', $class) . '.php';
    if (is_file($f)) require_once $f;
});

class Lab_Logger_Factory implements Horde_ActiveSync_Interface_LoggerFactory
{
    public function create($properties = array())
    {
        if (getenv('HORDE_LOG')) {
            return new Horde_ActiveSync_Log_Logger(new Horde_Log_Handler_Stream(fopen(getenv('HORDE_LOG'), 'a')));
        }
        return new Horde_ActiveSync_Log_Logger(new Horde_Log_Handler_Null());
    }
}

// Smallest possible backend: one user, two empty folders, a policy taken from policy.json.
class Lab_Driver extends Horde_ActiveSync_Driver_Base
{
    private $f = array('inbox' => array('Inbox', 2), 'contacts' => array('Contacts', 9));

    public function authenticate($username, $password, $domain = null)
    {
        $this->_authUser = $username;
        $this->_authPass = $password;
        return $username === 'lab' && $password === 'labpass';
    }
    public function getHeartbeatConfig()
    {
        return array('heartbeatmin' => 60, 'heartbeatmax' => 2700, 'heartbeatdefault' => 480, 'deviceping' => true, 'waitinterval' => 10);
    }
    public function getFolder($id)
    {
        $o = Horde_ActiveSync::messageFactory('Folder');
        $o->serverid = $o->_serverid = $id;
        $o->parentid = '0';
        $o->displayname = $this->f[$id][0];
        $o->type = $this->f[$id][1];
        return $o;
    }
    public function statFolder($id, $parent = 0, $mod = null)
    {
        return array('id' => $id, 'parent' => '0', 'mod' => $this->f[$id][0], 'serverid' => $id);
    }
    public function getFolderList()
    {
        $r = array();
        foreach (array_keys($this->f) as $id) $r[] = $this->statFolder($id);
        return $r;
    }
    public function getFolders()
    {
        $r = array();
        foreach (array_keys($this->f) as $id) $r[] = $this->getFolder($id);
        return $r;
    }
    public function getCurrentPolicy()
    {
        $f = $GLOBALS['lab'] . '/policy.json';
        return is_file($f) ? json_decode(file_get_contents($f), true)
            : array(Horde_ActiveSync_Policies::POLICY_PIN => true, Horde_ActiveSync_Policies::POLICY_MINLENGTH => '6', Horde_ActiveSync_Policies::POLICY_MAXFAILEDATTEMPTS => '8');
    }
    public function getProvisioning($device = null)
    {
        switch (getenv('HORDE_PROVISIONING')) {
        case 'none': return Horde_ActiveSync::PROVISIONING_NONE;
        case 'loose': return Horde_ActiveSync::PROVISIONING_LOOSE;
        }
        return Horde_ActiveSync::PROVISIONING_FORCE;
    }
    public function getUsernameFromEmail($email) { return $email; }
    public function deleteFolder($id, $parent = Horde_ActiveSync::FOLDER_ROOT) { return false; }
    public function changeFolder($id, $displayname, $parent, $uid = null) { return false; }
    public function moveMessage($folderid, array $ids, $newfolderid) { return array(); }
    public function getSearchResults($type, array $query) { return array(); }
    public function getServerChanges($folder, $from_ts, $to_ts, $cutoffdate, $ping) { return array(); }
    public function statMessage($folderId, $id) { return array('id' => $id, 'mod' => 0, 'flags' => 1); }
    public function getMessage($folderid, $id, array $collection) { return false; }
    public function deleteMessage($folderid, array $ids) { return $ids; }
    public function getWasteBasket($class) { return false; }
    public function changeMessage($folderid, $id, Horde_ActiveSync_Message_Base $message, $device) { return false; }
    public function setReadFlag($folderid, $uid, $flag) { }
    public function sendMail($rfc822, $forward = null, $reply = null, $parent = null, $save = true, $message = null) { return true; }
    public function getAttachment($name, array $options = array()) { return array(); }
    public function itemOperationsGetAttachmentData($filereference) { return array(); }
    public function itemOperationsFetchMailbox($longid, array $bodyprefs, $mimesupport) { return false; }
    public function itemOperationsGetDocumentLibraryLink($linkid, $cred) { return array(); }
    public function statMailMessage($folderid, $id) { return array('id' => $id, 'mod' => 0, 'flags' => false); }
    public function getSpecialFolderNameByType($type) { return null; }
    public function getSettings(array $settings, $device) { return array(); }
    public function setSettings(array $settings, $device) { return array(); }
    public function autoDiscover() { return array(); }
    public function resolveRecipient($type, $search, array $options = array()) { return array(); }
    public function meetingResponse(array $response) { return false; }
    public function getFreebusy($user, array $options = array()) { return false; }
    public function getSyncStamp($collection, $last = null) { return time(); }
}

function lab_db()
{
    $file = $GLOBALS['lab'] . '/state.sqlite';
    $new = !is_file($file);
    $db = new Horde_Db_Adapter_Pdo_Sqlite(array('dbname' => $file, 'charset' => 'utf-8'));
    if ($new) {
        $m = new Horde_Db_Migration_Migrator($db, null, array(
            'migrationsPath' => '/usr/share/php/data/Horde_ActiveSync/migration',
            'schemaTableName' => 'horde_activesync_schema_info'));
        $m->up();
    }
    return $db;
}

function lab_state()
{
    return new Horde_ActiveSync_State_Sql(array('db' => lab_db()));
}
